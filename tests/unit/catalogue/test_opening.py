"""What a person points at: files, folders, zips and traps."""

import os
import socket
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from homeport.catalogue.readers import opening
from homeport.catalogue.readers.instrument import NotAnInstrument
from homeport.catalogue.readers.opening import open_supplied, unzip


def refused(path: Path) -> str:
    with pytest.raises(NotAnInstrument) as refusal:
        open_supplied(path)
    message = str(refusal.value)
    assert "\n" not in message
    return message


def test_a_file_is_its_bytes_and_its_hash(tmp_path: Path) -> None:
    path = tmp_path / "walk.json"
    path.write_bytes(b"{}")
    supplied = open_supplied(path)
    assert (supplied.name, supplied.main, dict(supplied.files)) == (
        "walk.json",
        "walk.json",
        {"walk.json": b"{}"},
    )
    assert supplied.sha256 == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_a_folder_is_its_files_without_hidden_ones(tmp_path: Path) -> None:
    (tmp_path / "items").mkdir()
    (tmp_path / "items" / "one").write_text("1")
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("x")
    assert set(open_supplied(tmp_path).files) == {"items/one"}


def test_the_hash_of_a_folder_follows_names_and_content(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    before = open_supplied(tmp_path).sha256
    (tmp_path / "a").rename(tmp_path / "b")
    renamed = open_supplied(tmp_path).sha256
    (tmp_path / "b").write_text("2")
    assert len({before, renamed, open_supplied(tmp_path).sha256}) == 3


def test_what_is_not_there_is_said() -> None:
    assert "does not exist" in refused(Path("nowhere/at/all.json"))
    assert "too long" in refused(Path("x" * 5_000))
    assert "is not a path" in refused(Path("a\x00b"))


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert "not a file" in refused(path)


def test_a_device_and_a_socket_are_refused(tmp_path: Path) -> None:
    assert "not a file" in refused(Path("/dev/zero"))
    path = tmp_path / "socket"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        assert "not a file" in refused(path)


def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert "leads back to itself" in refused(tmp_path / "a")


def test_a_link_to_a_file_is_followed_but_not_out_of_a_folder(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside.json", tmp_path / "folder"
    outside.write_text("{}")
    folder.mkdir()
    (folder / "inside").write_text("1")
    (folder / "escape").symlink_to(outside)
    (folder / "again").symlink_to(folder, target_is_directory=True)
    link = tmp_path / "link.json"
    link.symlink_to(outside)
    assert open_supplied(link).files == {"link.json": b"{}"}
    assert set(open_supplied(folder).files) == {"inside"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "locked"
    path.write_text("x")
    path.chmod(0)
    assert "may not be read" in refused(path)


def test_an_unreadable_file_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "locked"
    path.write_text("x")

    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "open", denied)
    assert "may not be read by this user" in refused(path)


def test_a_huge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.truncate(50_000_000_000)
    assert "50,000 MB" in refused(path)


def test_a_folder_of_very_many_files_is_refused_before_any_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MOST_FILES", 10)
    monkeypatch.setattr(opening, "_regular_file", lambda path: pytest.fail(f"{path} was read"))
    for number in range(11):
        (tmp_path / str(number)).touch()
    assert "more than 10 files" in refused(tmp_path)


def test_a_folder_of_large_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LARGEST_TOTAL", 100)
    for number in range(3):
        (tmp_path / str(number)).write_bytes(b"x" * 40)
    assert "point at one instrument" in refused(tmp_path)


def test_a_pipe_inside_a_folder_is_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "one").write_text("1")
    assert set(open_supplied(tmp_path).files) == {"one"}


Zip = Callable[..., bytes]


def unzip_refused(data: bytes) -> str:
    with pytest.raises(NotAnInstrument) as refusal:
        unzip(data)
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def test_a_zip_is_its_files(zipped: Zip, tmp_path: Path) -> None:
    path = tmp_path / "walk.zip"
    path.write_bytes(zipped([("instrument.csv", "a,b"), ("OriginID.txt", "here")]))
    supplied = open_supplied(path)
    assert supplied.files == {"instrument.csv": b"a,b", "OriginID.txt": b"here"}
    assert supplied.main == ""


def test_a_zip_bomb_is_refused_by_its_directory(zipped: Zip) -> None:
    assert "no questionnaire is that large" in unzip_refused(zipped([("instrument.csv", b"0" * 30_000_000)]))
    assert "no questionnaire is that large" in unzip_refused(zipped([("instrument.csv", b"0" * 4_000_000)]))


def test_a_zip_that_lies_about_its_size_is_refused(zipped: Zip) -> None:
    data = bytearray(zipped([("instrument.csv", b"0" * 3_000_000)]))
    place = data.rfind(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", 100)
    assert "damaged" in unzip_refused(bytes(data))


@pytest.mark.parametrize("name", ["../../etc/made-up", "/etc/made-up", "a/../../b", "..\\b", "C:\\b", "c:b"])
def test_a_path_that_leads_out_is_refused(zipped: Zip, name: str) -> None:
    assert "leads out of it" in unzip_refused(zipped([(name, "x")]))


def test_too_many_files_are_refused(zipped: Zip) -> None:
    assert "1,001 files" in unzip_refused(zipped([(f"f{number}", "") for number in range(1_001)]))


def test_two_files_of_one_name_are_refused(zipped: Zip) -> None:
    assert "twice" in unzip_refused(zipped([("Instrument.csv", "a"), ("instrument.CSV", "b")]))


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "z.zip"
    with zipfile.ZipFile(path, "w") as archive:
        entry = zipfile.ZipInfo("instrument.csv")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/hostname")
    assert "a link" in unzip_refused(path.read_bytes())


def test_a_locked_zip_is_refused(zipped: Zip) -> None:
    data = bytearray(zipped([("instrument.csv", "hello")], zipfile.ZIP_STORED))
    data[data.find(b"PK\x03\x04") + 6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    assert "password" in unzip_refused(bytes(data))


def test_unusual_and_damaged_zips_are_refused(zipped: Zip) -> None:
    assert "unusual" in unzip_refused(zipped([("instrument.csv", "x")], zipfile.ZIP_LZMA))
    whole = zipped([("instrument.csv", "some words " * 100)])
    assert "damaged" in unzip_refused(whole[:-40])
    assert "damaged" in unzip_refused(b"PK\x03\x04 and nothing more")
    broken = bytearray(zipped([("instrument.csv", "some words here")], zipfile.ZIP_STORED))
    broken[45] ^= 0xFF
    assert "damaged" in unzip_refused(bytes(broken))
