"""Reading a practice's own text from Markdown: every fault is said in one sentence, with the name of the file."""

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Never

from homeport.cases.texts import EVERYWHERE, KINDS
from homeport.content.articles.rendering import render
from homeport.content.consents import Consent
from homeport.content.crisis import place_by_code
from homeport.content.jurisdictions import all_minors, regions
from homeport.content.reading import measure
from homeport.content.strict_yaml import read_yaml
from homeport.core.errors import ContentError, HomeportError
from homeport.people.policies import PLACE

LARGEST_FILE = 200_000  # bytes
MOST_FILES = 100
LONGEST = {"title": 120, "summary": 300, "taking_back": 500, "body": 40_000}
NEEDED = ("kind", "place", "language", "version", "title", "summary")
OPTIONAL = ("taking_back", "asks_again")
LAST_VERSION = 9999
HARDEST = 8.0  # school grade that pages for clients keep to
LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class TextFile:
    """One text as it was read. ``asks_again``: None where the file does not say. ``doubts``: for a human to look at."""

    name: str
    kind: str
    place: str
    language: str
    version: int
    title: str
    summary: str
    taking_back: str
    body: str
    asks_again: bool | None
    doubts: tuple[str, ...]

    @property
    def hash(self) -> str:
        """What a signature will keep."""
        return Consent("", self.version, self.language, self.title, self.summary, self.body).hash


def read_text_files(path: Path) -> list[TextFile]:
    """The text in a file, or in every ``.md`` of a folder. Raises ``HomeportError`` for the first thing that is wrong."""
    if path.is_dir():
        files = sorted(each for each in path.iterdir() if each.suffix.lower() == ".md")
        if not files:
            raise HomeportError(f"There is no Markdown file (.md) in {path}.")
        if len(files) > MOST_FILES:
            raise HomeportError(
                f"There are {len(files)} files in {path}; bring in at most {MOST_FILES} at a time."
            )
    elif path.is_file():
        files = [path]
    else:
        raise HomeportError(f"There is no file or folder {path}.")
    return [read_text(_words(each), each.name) for each in files]


def read_text(words: str, name: str) -> TextFile:
    """One text from the words of a file. Raises ``HomeportError`` naming the file and what to mend."""
    head, body = _parted(unicodedata.normalize("NFC", words).replace("\r\n", "\n").lstrip("\ufeff"), name)
    said = _head(head, name)
    if not body:
        _wrong(name, "there is nothing to sign below the head")
    if len(body) > LONGEST["body"]:
        _wrong(name, f"the text has {len(body):,} characters; at most {LONGEST['body']:,} are taken")
    html, _ = render(body, name, _no_article)
    if "](" in html:
        _wrong(name, "it holds a link to what is no page of this site, such as /help/")
    return TextFile(
        name=name, kind=_kind(said, name), place=_place(said, name), language=_language(said, name),
        version=_version(said, name), title=_line(said, "title", name), summary=_line(said, "summary", name),
        taking_back=_line(said, "taking_back", name) if "taking_back" in said else "", body=body,
        asks_again=_asks_again(said, name), doubts=_doubts(said, body),
    )  # fmt: skip


def as_file(text: Consent, kind: str, place: str, *, version: int) -> str:
    """The text as a file that this room reads: a beginning for words of one's own, under the next version."""
    head = {
        "kind": kind, "place": place, "language": text.language, "version": version, "title": text.title,
        "summary": text.summary,
    }  # fmt: skip
    if text.taking_back:
        head["taking_back"] = text.taking_back
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in head.items()]
    if version > 1:
        lines.append("asks_again: true")
    return "\n".join(["---", *lines, "---", text.body_markdown, ""])


def _words(path: Path) -> str:
    try:
        if not path.is_file():
            raise HomeportError(f"{path.name} is no ordinary file.")
        if path.stat().st_size > LARGEST_FILE:
            raise HomeportError(f"{path.name} is larger than {LARGEST_FILE // 1000} kB; no text to sign is.")
        words = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise HomeportError(f"{path.name} is not UTF-8 text: save it as UTF-8.") from error
    except OSError as error:
        raise HomeportError(f"{path.name} cannot be read: {error.strerror}.") from error
    if any(unicodedata.category(each) == "Cc" and each not in "\n\r\t" for each in words):
        raise HomeportError(f"{path.name} holds control characters: save it as plain text.")
    return words


def _wrong(name: str, why: str) -> Never:
    raise HomeportError(f"{name}: {why}.")


def _parted(words: str, name: str) -> tuple[str, str]:
    found = re.fullmatch(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n(.*))?", words, re.DOTALL)
    if found is None:
        _wrong(name, "it must begin with a head between two lines of three dashes (---)")
    return found[1], (found[2] or "").strip()


def _head(head: str, name: str) -> dict[str, Any]:
    said = read_yaml(head, f"The head of {name}")
    if not isinstance(said, dict):
        _wrong(name, "each line of the head is a name, a colon and a value")
    for each in NEEDED:
        if said.get(each) in (None, ""):
            _wrong(name, f"the head does not say {each!r}")
    for each in said:
        if each not in NEEDED + OPTIONAL:
            _wrong(
                name, f"the head says {each!r}, which is unknown; known are {', '.join(NEEDED + OPTIONAL)}"
            )
    return said


def _line(said: dict[str, Any], part: str, name: str) -> str:
    value = said[part]
    if not isinstance(value, str) or not value.strip():
        _wrong(name, f"{part!r} must be words")
    line = " ".join(value.split())
    if len(line) > LONGEST[part]:
        _wrong(name, f"{part!r} has {len(line)} characters; at most {LONGEST[part]} are taken")
    return line


def _kind(said: dict[str, Any], name: str) -> str:
    if said["kind"] not in KINDS:
        _wrong(name, f"{said['kind']!r} is no kind of text; use one of {', '.join(KINDS)}")
    return str(said["kind"])


def _place(said: dict[str, Any], name: str) -> str:
    code = str(said["place"])
    if code == EVERYWHERE or is_known_place(code):
        return code
    _wrong(name, f'{code!r} is not a place we know; use a code such as CA-ON or GB, or "*" for everywhere')


def is_known_place(code: str) -> bool:
    """Whether this is the code of a country that we know, or of one of its regions."""
    if not PLACE.fullmatch(code):
        return False
    country, _, region = code.partition("-")
    if not region:
        return country in all_minors() or bool(place_by_code(country).country)
    known = {each for each in (*all_minors(), *regions()) if each.startswith(f"{country}-")}
    return code in known


def _language(said: dict[str, Any], name: str) -> str:
    if not isinstance(said["language"], str) or not LANGUAGE.fullmatch(said["language"]):
        _wrong(name, f"{said['language']!r} is no language; use a code such as en or fr")
    return str(said["language"])


def _version(said: dict[str, Any], name: str) -> int:
    version = said["version"]
    if type(version) is not int or not 1 <= version <= LAST_VERSION:
        _wrong(name, f"'version' must be a whole number from 1 to {LAST_VERSION}")
    return int(version)


def _asks_again(said: dict[str, Any], name: str) -> bool | None:
    value = said.get("asks_again")
    if value is not None and type(value) is not bool:
        _wrong(name, "'asks_again' must be true or false")
    return value


def _no_article(slug: str) -> str:
    raise ContentError(
        f"A text to sign may link only to pages of this site, such as /help/; it links to {slug!r}."
    )


def _doubts(said: dict[str, Any], body: str) -> tuple[str, ...]:
    if said["language"] != "en":
        return ()
    grade = measure(f"{said['title']}. {said['summary']}\n\n{body}").grade
    if grade <= HARDEST:
        return ()
    return (f"It reads like school grade {grade:.0f}; clients are promised grade 8. Shorter sentences help.",)
