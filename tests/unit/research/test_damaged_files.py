"""Files damaged at random: scored, or refused in one sentence; never a fault of ours, never half a result."""

import gzip
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.factories.answer_files import ECR_NAMES, ecr_answers, ecr_file

from homeport.content.instruments import load_key
from homeport.core.errors import HomeportError
from homeport.psychometrics.files.layout import Wishes
from homeport.psychometrics.files.score_file import score_file

PIECES = [
    b'"',
    b"\n",
    b"\r",
    b",",
    b";",
    b"\x00",
    b"\xff",
    b"Q1",
    b"NaN",
    b"1e999",
    b"\xef\xbb\xbf",
    b"9" * 50,
]


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, put in or taken out."""
    content = bytearray(whole)
    for _ in range(chance.choice([1, 1, 2, 5, 30])):
        place = chance.randrange(len(content))
        match chance.randrange(4):
            case 0:
                content[place] = chance.randrange(256)
            case 1:
                content[place:place] = chance.choice(PIECES)
            case 2:
                del content[place : place + chance.choice([1, 3, 100])]
            case _ if chance.random() < 0.2:
                del content[max(place, 1) :]
        content = content or bytearray(b"x")
    return bytes(content)


@pytest.mark.parametrize("kind", ["csv", "gzip", "utf-16", "parquet"])
def test_damage_is_refused_or_counted(kind: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    chance, key = random.Random(kind), load_key("ecr")
    text = ecr_file(tmp_path / "in", 60).read_bytes()
    table = pa.table({name: ecr_answers(60)[:, place] for place, name in enumerate(ECR_NAMES)})
    pq.write_table(table, tmp_path / "in.parquet")
    whole = {
        "csv": text,
        "gzip": gzip.compress(text),
        "utf-16": text.decode().encode("utf-16"),
        "parquet": (tmp_path / "in.parquet").read_bytes(),
    }[kind]
    source, out = tmp_path / "damaged", tmp_path / "out.csv"
    said: list[str] = []
    for _ in range(60):
        source.write_bytes(damaged(whole, chance))
        try:
            score_file(key, source, out, Wishes(format="five"))
        except HomeportError as error:
            said.append(str(error))
        else:
            assert out.read_text().startswith("row,")
            out.unlink()
        assert not out.exists()
        assert not list(tmp_path.glob(".*"))
    assert said
    assert all(sentence.isprintable() and sentence.endswith(".") for sentence in said)
    assert capfd.readouterr() == ("", "")
