"""A file of numbers is read strictly: a fault is named, never shown to somebody in danger."""

from pathlib import Path

import pytest

from homeport.content.crisis.files import read_country_file, read_folder
from homeport.core.errors import ContentError

GOOD = {
    "id": "xx-line",
    "kind": "suicide",
    "name": "A line",
    "for": "You need someone.",
    "call": '"123 456"',
    "mark": "read",
    "verified_on": "2026-11-23",
}


def write(folder: Path, line: dict[str, str | None], top: str = "country: XX\nname: Somewhere\n") -> Path:
    fields = {name: value for name, value in {**GOOD, **line}.items() if value is not None}
    entry = "".join(f"    {name}: {value}\n" for name, value in fields.items())
    path = folder / "XX.yaml"
    path.write_text(f"{top}emergency: []\nlines:\n  -\n{entry}", encoding="utf-8")
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    file = read_country_file(write(tmp_path, {}))
    assert dict(file.countries) == {"XX": "Somewhere"}
    (line,) = file.lines
    assert (line.links[0].shown, line.links[0].href) == ("123 456", "tel:123456")
    assert (line.hours, line.languages, line.source_url, line.cross_checked) == ("", (), "", None)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ({"call": "123456"}, "a number must stand in quotes"),
        ({"call": '"12a"'}, "not what belongs here"),
        ({"call": '"+1 (800) 55"'}, "not what belongs here"),
        ({"call": None}, "needs a number or a chat"),
        ({"call": '{number: "123", words: [HI]}'}, "not a number to call"),
        ({"call": '{number: "123", mark: sure}'}, "not a mark"),
        ({"text": '{number: "123", words: ["rm -rf"]}'}, "not what belongs here"),
        ({"chat": "https://chat.example.org"}, "not what belongs here"),
        ({"kind": "gossip"}, "not a kind of line"),
        ({"kind": "emergency"}, "not a kind of line that belongs here"),
        ({"mark": "sure"}, "mark is read, recheck or unsure"),
        ({"mark": "recheck"}, "has no date of verification"),
        ({"verified_on": "null"}, "needs the date"),
        ({"verified_on": '"2026-11-23"'}, "needs the date"),
        ({"for": None}, "missing fields: for"),
        ({"fax": '"1"'}, "unknown or missing fields: fax"),
        ({"regions": "[ZZ]"}, "not one of the country"),
        ({"languages": "[english]"}, "not what belongs here"),
        ({"source_url": "http://example.org"}, "not what belongs here"),
        ({"cross_checked": "yes"}, "year of a list"),
        ({"name": "5"}, "not what belongs here"),
    ],
)
def test_a_fault_is_refused_by_name(tmp_path: Path, line: dict[str, str | None], fault: str) -> None:
    with pytest.raises(ContentError, match=fault) as refused:
        read_country_file(write(tmp_path, line))
    assert str(refused.value).startswith("XX.yaml, xx-line")


def test_a_faulty_file_is_refused(tmp_path: Path) -> None:
    for top, fault in {
        "country: Xx\nname: A\n": "not a code with a name",
        "country: XX\n": "not a code with a name",
        "regions: [A]\ncountry: XX\nname: A\n": "codes with names",
        "zones: {AA: []}\ncountry: XX\nname: A\n": "zones are lists",
        "phone: 1\ncountry: XX\nname: A\n": "a file has",
    }.items():
        with pytest.raises(ContentError, match=fault):
            read_country_file(write(tmp_path, {}, top))


def test_two_lines_or_two_files_for_one_thing_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, {})
    (tmp_path / "YY.yaml").write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(ContentError, match="Two crisis files speak for XX"):
        read_folder(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text + text.partition("lines:\n")[2], encoding="utf-8")
    with pytest.raises(ContentError, match="two lines have the same id"):
        read_country_file(path)
