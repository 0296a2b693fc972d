"""Files that are not what they seem: one clear sentence, and nothing written."""

import bz2
import gzip
import lzma
import os
import random
import stat
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.factories.answer_files import ECR_NAMES, ecr_answers, ecr_file, read_table, write_table

from homeport.content.instruments import load_key
from homeport.core.errors import HomeportError
from homeport.psychometrics.files.layout import Wishes
from homeport.psychometrics.files.score_file import ScoredFile, score_file

HEADER = ",".join(ECR_NAMES).encode()
ROW = b",".join([b"3"] * 36)
ROWS = b"\n".join([ROW] * 5)


def score(source: Path, **wishes: str) -> ScoredFile:
    return score_file(load_key("ecr"), source, source.parent / "out.csv", Wishes(**wishes))


def refused(source: Path, sentence: str) -> None:
    before = sorted(path.name for path in source.parent.iterdir())
    with pytest.raises(HomeportError, match=sentence) as caught:
        score(source)
    said = str(caught.value)
    assert "\n" not in said
    assert said.endswith(".")
    assert "Error" not in said
    assert sorted(path.name for path in source.parent.iterdir()) == before


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\n\r\n  \n", "is empty"),
        (HEADER, "no rows"),
        (HEADER + b"\n", "no rows"),
        (HEADER + b"\n\n\n", "no rows"),
        (ROWS, "first line .* holds answers"),
        (b"name,age\nx,3\n", "Q1 to Q36"),
        (b"just words\nand more\n", "Q1 to Q36"),
        (b"\x00\x01\x02\x03" * 100, "not a table of text"),
        (b"PK\x03\x04" + b"x" * 50, "Excel"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 50, "Excel"),
        (b"$FL2@(#) SPSS", "SPSS"),
        (b"PAR1" + b"\x00" * 50, "as Parquet"),
        (b"PAR1", "as Parquet"),
        (b"\x1f\x8b\x08\x00broken", "damaged"),
        (gzip.compress(HEADER + b"\n" + ROWS, mtime=0)[:-20], "damaged"),
        (b"\xff\xfe" + b"Q\x001", "encoding"),
        (HEADER + b"\n" + ROWS + b"\n3,3\n", "Row 6 .* has 2 values; its first line names 36"),
        (HEADER + b"\n" + ROW + b",3\n", "Row 1 .* has 37 values"),
        (HEADER + b",note\n" + ROW + b',"open\n' + ROW + b",x\n", "never closed"),
        (HEADER + b",note\n" + (ROW + b',"open\n') + (ROW + b",x\n") * 30_000, "never closed"),
        (b"x" * 2_000_000, "longer than a line"),
        (b'"' + b"Q1,\n" * 400_000, "longer than a line"),
    ],
    # Not the content itself: a name of two megabytes helps nobody, and a packed one changes with the clock.
    ids=lambda part: part if isinstance(part, str) else f"{len(part)} bytes",
)
def test_what_is_no_file_of_answers(content: bytes, sentence: str, tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(content)
    refused(source, sentence)


def test_a_folder_a_missing_file_and_a_pipe(tmp_path: Path) -> None:
    refused(tmp_path / "absent.csv", "No such file")
    (tmp_path / "folder.csv").mkdir()
    refused(tmp_path / "folder.csv", "is a folder")
    os.mkfifo(tmp_path / "pipe.csv")
    refused(tmp_path / "pipe.csv", "not an ordinary file")
    refused(tmp_path / ("x" * 300 + ".csv"), "cannot be read")


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    with pytest.raises(HomeportError, match="cannot be read"):
        score_file(load_key("ecr"), Path("a\0b.csv"), tmp_path / "out.csv")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    source = ecr_file(tmp_path / "in.csv")
    source.chmod(0)
    refused(source, "Permission denied")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-8"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_of_other_programs(encoding: str, delimiter: str, tmp_path: Path) -> None:
    rows = ecr_answers(40).tolist()
    plain = write_table(tmp_path / "plain.csv", ECR_NAMES, rows)
    score(plain)
    wanted = read_table(tmp_path / "out.csv")
    odd = write_table(tmp_path / "odd.csv", ECR_NAMES, rows, delimiter=delimiter, encoding=encoding)
    found = score(odd)
    assert read_table(tmp_path / "out.csv") == wanted
    assert any("separated by" in note for note in found.notes) == (delimiter != ",")


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packed_files_are_read_as_they_are(pack: object, tmp_path: Path) -> None:
    plain = ecr_file(tmp_path / "in.csv", 20_000)
    packed = tmp_path / "in.csv.packed"
    packed.write_bytes(pack(plain.read_bytes()))  # type: ignore[operator]
    assert score(packed).scored == 20_000


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
def test_line_ends_blank_lines_and_quoted_lines(ending: bytes, tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    quoted = HEADER + b",note" + ending + ending
    for text in (b'"two\nlines"', b'"a ""word"""', b"5 feet", b""):
        quoted += ROW + b"," + text + ending
    source.write_bytes(ending + quoted)
    assert score(source).tally.rows == 4


def test_the_line_in_which_excel_says_how_it_separates(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    semicolons = HEADER.replace(b",", b";") + b"\r\n" + ROW.replace(b",", b";")
    source.write_bytes(b"sep=;\r\n" + semicolons)
    assert score(source).scored == 1
    source.write_bytes(b"sep=;\r\n")
    refused(source, "is empty")


def test_an_odd_quotation_mark_inside_a_word_loses_nothing(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(HEADER + b",note\n" + ROW + b',5" tall\n' + ROW + b",x\n")
    assert score(source).tally.rows == 2


def test_names_in_an_older_code_page(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(HEADER + ",âge".encode("cp1252") + b"\n" + ROW + b",\xe9\n")
    assert score(source).scored == 1
    with pytest.raises(HomeportError, match="not in UTF-8"):
        score_file(load_key("ecr"), source, tmp_path / "out.csv", Wishes(keep=("âge",)))


def test_numbers_that_no_answer_is(tmp_path: Path) -> None:
    rows = ecr_answers(60).astype(object).tolist()
    odd = ["1e308", "-1e308", "inf", "-inf", "nan", "9" * 400, "3,0", "0x3", "３", "-0", "  4  ", "5.", "١"]
    for place, text in enumerate(odd):
        rows[place][0] = text
    found = score(write_table(tmp_path / "in.csv", ECR_NAMES, rows))
    assert found.tally.missing == 1
    assert found.tally.outside == len(odd) - 3
    assert found.tally.rows == 60


def test_an_answer_column_of_a_million_different_words(tmp_path: Path) -> None:
    rows = ecr_answers(3000).astype(object).tolist()
    chance = random.Random(5)
    for row in rows:
        row[0] = f"{chance.getrandbits(64):x}!"
    tally = score(write_table(tmp_path / "in.csv", ECR_NAMES, rows)).tally
    assert tally.outside == 3000
    assert len(tally.values) <= 51
    assert sum(tally.values.values()) == 3000


def test_a_very_wide_file(tmp_path: Path) -> None:
    extra = [f"z{number}x" for number in range(5000)]
    rows = [[*row, *([7] * 5000)] for row in ecr_answers(40).tolist()]
    assert score(write_table(tmp_path / "in.csv", [*ECR_NAMES, *extra], rows)).scored == 40


def test_parquet_of_dates_and_a_truncated_one(tmp_path: Path) -> None:
    dates = {name: pa.array([1, 2], pa.timestamp("s")) for name in ECR_NAMES}
    pq.write_table(pa.table(dates), tmp_path / "dates.parquet")
    refused(tmp_path / "dates.parquet", "timestamp")
    good = pa.table({name: [3] * 1000 for name in ECR_NAMES})
    pq.write_table(good, tmp_path / "good.parquet")
    broken = bytearray((tmp_path / "good.parquet").read_bytes())
    broken[200:900] = b"\xff" * 700
    (tmp_path / "broken.parquet").write_bytes(bytes(broken))
    refused(tmp_path / "broken.parquet", "as Parquet")
    pq.write_table(good.slice(0, 0), tmp_path / "none.parquet")
    refused(tmp_path / "none.parquet", "no rows")


def test_parquet_of_words_and_dictionaries(tmp_path: Path) -> None:
    answers = ecr_answers(40)
    words = {name: pa.array([str(value) for value in answers[:, i]]) for i, name in enumerate(ECR_NAMES)}
    words["Q2"] = words["Q2"].dictionary_encode()
    words["when"] = pa.array(list(range(40)), pa.timestamp("s"))
    pq.write_table(pa.table(words), tmp_path / "words.parquet")
    found = score_file(
        load_key("ecr"), tmp_path / "words.parquet", tmp_path / "out.csv", Wishes(keep=("when",))
    )
    assert found.scored == 40
    assert read_table(tmp_path / "out.csv")[1]["when"].startswith("1970-01-01 00:00:01")


def test_the_result_keeps_its_permissions_and_its_link(tmp_path: Path) -> None:
    source = ecr_file(tmp_path / "in.csv")
    real = tmp_path / "real.csv"
    real.write_text("old")
    real.chmod(0o600)
    (tmp_path / "out.csv").symlink_to(real)
    score(source)
    assert (tmp_path / "out.csv").is_symlink()
    assert real.read_text().startswith("row,")
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
