"""A file is written whole or not at all, and never over what is read."""

from pathlib import Path

import pytest

from homeport.core.errors import HomeportError
from homeport.psychometrics.files.replacing import check_apart, replacing
from homeport.psychometrics.files.sinks import check_kind


def test_what_was_there_stays_until_the_end(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("old")
    with replacing(out) as draft:
        draft.write_text("new")
        assert out.read_text() == "old"
    assert out.read_text() == "new"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, ValueError, MemoryError])
def test_any_end_before_the_end_leaves_nothing(stop: type[BaseException], tmp_path: Path) -> None:
    def write_half() -> None:
        with replacing(tmp_path / "out.csv") as draft:
            draft.write_text("half")
            raise stop

    with pytest.raises(stop):
        write_half()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    def fill() -> None:
        with replacing(tmp_path / "out.csv"):
            raise OSError(28, "whatever")

    with pytest.raises(HomeportError, match="could not be written: No space left on device"):
        fill()
    assert list(tmp_path.iterdir()) == []


def test_places_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for place, sentence in (
        (tmp_path / "none" / "out.csv", "does not exist"),
        (tmp_path / "folder.csv", "folder"),
    ):
        with pytest.raises(HomeportError, match=sentence), replacing(place):
            pass
    with pytest.raises(HomeportError, match="not an ordinary file"), replacing(Path("/dev/null")):
        pass


def test_the_file_that_is_read_is_refused_under_any_name(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("x")
    (tmp_path / "soft.csv").symlink_to(source)
    (tmp_path / "hard.csv").hardlink_to(source)
    for name in ("in.csv", "soft.csv", "hard.csv", "../" + tmp_path.name + "/in.csv"):
        with pytest.raises(HomeportError, match="another name"):
            check_apart(source, tmp_path / name)
    check_apart(source, tmp_path / "out.csv")


@pytest.mark.parametrize("name", ["out", "out.xlsx", "out.csv.gz", "csv"])
def test_a_name_must_say_its_kind(name: str) -> None:
    with pytest.raises(HomeportError, match=r"\.csv or \.parquet"):
        check_kind(Path(name))
    check_kind(Path("OUT.CSV"))
    check_kind(Path("out.pq"))
