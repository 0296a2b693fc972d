"""Codebooks of open psychometric data: one row a question, in HTML (the ECR's) or in plain text (the RSES's)."""

import re

from homeport.catalogue.readers import markup
from homeport.catalogue.readers.instrument import (
    LONGEST_INSTRUCTION,
    LONGEST_LABEL,
    LONGEST_TEXT,
    MOST_ITEMS,
    NotAnInstrument,
    ReadInstrument,
    ReadItem,
    ReadOption,
    Remarks,
)
from homeport.catalogue.readers.text import words

HTML = "codebook-html"
TEXT = "codebook-text"
_POINTS = {"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_NAME = re.compile(r"(?:Q|Item|Question)?\s*_?(\d{1,3})", re.IGNORECASE | re.ASCII)
_QUOTES = '"“”„'
_RATED = re.compile(rf"[{_QUOTES}]\s+rated on\b", re.IGNORECASE)
_SCALE = re.compile(r"rated on an? ([\w]+)[- ]point scale", re.IGNORECASE)
_RANGE = re.compile(
    r"\(\s*(-?\d{1,3})\s*(?:-|–|to)\s*(-?\d{1,3})\s*(?:[;,]\s*(-?\d{1,3}) if (\w+))?", re.ASCII
)
_LABELLED = re.compile(r"(-?\d{1,3}) (?:was|is) label+ed (?:as )?[\"“]([^\"”]{0,400})[\"”]", re.ASCII)
_TITLE = re.compile(r"version of the (.{5,150}?)(?= by | \(|\.\s|\.$|$)")
_LINE = re.compile(r"^\s*([A-Za-z]{0,10}_?(\d{1,3}))\s*[.:)\t]\s*(\S.*)$", re.ASCII)
_PAIR = re.compile(r"(-?\d{1,3})\s*=\s*([^,=();]{1,200})", re.ASCII)
_NO_ANSWER = re.compile(r"no answer|none was|not answered|missing|skipped|missed|refused", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Whether this is an HTML page with a table."""
    return re.search(r"<table\b", text[:200_000], re.IGNORECASE) is not None


def read_html(text: str, remarks: Remarks) -> ReadInstrument:
    """A page with a table of fields, each described as `"words" rated on a five point scale (1-5; …)`."""
    items: list[ReadItem] = []
    missing: set[str] = set()
    plain = Remarks()  # markup is the form of this file, not something in its texts
    for cells in markup.rows_of(text):
        row = [words(cell, plain, LONGEST_INSTRUCTION * 4) for cell in cells]
        if len(row) < 2 or row[0].lower() in {"field", "variable", "name"}:
            continue
        number = _NAME.fullmatch(row[0])
        if number is None:
            remarks.drop(row[0], "a field about the person or the visit, not a question")
            continue
        item = _described(row[0], int(number[1]), row[-1], remarks, missing)
        if item is not None:
            items.append(item)
    _doubt_missing(missing, remarks)
    return _codebook(HTML, words(markup.before_tables(text), plain, 100_000), items, remarks)


def _described(code: str, number: int, said: str, remarks: Remarks, missing: set[str]) -> ReadItem | None:
    rated, labels = _RATED.search(said), _LABELLED.findall(said)
    if rated is None or said[:1] not in _QUOTES or rated.start() < 2:
        remarks.drop(code, "its description does not quote a question and its scale")
        return None
    options = tuple(ReadOption(int(value), label.strip()) for value, label in labels)
    stated = _RANGE.search(said, rated.end())
    bounds = (int(stated[1]), int(stated[2])) if stated else None
    if stated and stated[3]:
        missing.add(stated[3])
    points = _SCALE.search(said, rated.start())
    named = _POINTS.get(points[1].lower()) if points else None
    if named is not None and bounds is not None and bounds[1] - bounds[0] + 1 != named:
        remarks.doubt_item(
            code, f"{code} is called a {named}-point scale but runs {bounds[0]} to {bounds[1]}."
        )
    text = words(said[1 : rated.start()], remarks, LONGEST_TEXT)
    return ReadItem(code, text, options, number, bounds=bounds)


def _doubt_missing(missing: set[str], remarks: Remarks) -> None:
    for value in sorted(missing):
        remarks.doubt(
            f"It says that {value} means a missed answer. Homeport does not use this: look at the data before "
            "scoring them, for published files are known to hold 0 there instead."
        )


def looks_like_codebook(text: str) -> bool:
    """Whether a plain text has numbered questions and a scale written as `1=…, 2=…`."""
    numbered = sum(1 for line in text.splitlines()[:2_000] if _LINE.match(line[:5_000]))
    return numbered >= 2 and len(_PAIR.findall(text[:50_000])) >= 2


def read_text(text: str, remarks: Remarks) -> ReadInstrument:
    """Numbered questions under a line that names the scale; other fields are dropped."""
    lines = [line.strip() for line in text.splitlines()]
    if any(len(line) > LONGEST_INSTRUCTION for line in lines):
        raise NotAnInstrument("The text has lines of many thousand characters: it is no codebook.")
    first = next((at for at, line in enumerate(lines) if _LINE.match(line)), len(lines))
    scale_line = next((line for line in reversed(lines[:first]) if len(_PAIR.findall(line)) > 1), "")
    options = _scale(scale_line, remarks)
    if len(options) < 2:
        raise NotAnInstrument("The text names no answer scale (such as 1=…, 2=…) before its questions.")
    items: list[ReadItem] = []
    for line in lines[first:]:
        found = _LINE.match(line)
        if found:
            items.append(ReadItem(found[1], words(found[3], remarks, LONGEST_TEXT), options, int(found[2])))
            if len(items) > MOST_ITEMS:
                raise NotAnInstrument(f"It has more than {MOST_ITEMS} numbered lines: it is no codebook.")
        elif (other := re.match(r"^(\w{1,40})\.\s", line)) is not None:
            remarks.drop(other[1], "a field about the person or the visit, not a question")
    return _codebook(TEXT, words(" ".join(lines[:first]), Remarks(), 100_000), items, remarks)


def _scale(line: str, remarks: Remarks) -> tuple[ReadOption, ...]:
    options = []
    for value, label in _PAIR.findall(line):
        said = re.sub(r"\s+(?:and|or)$", "", words(label, remarks, LONGEST_LABEL))
        if _NO_ANSWER.search(said):
            remarks.drop(f"answer {value}", f"it means that no answer was given (“{said}”)")
        else:
            options.append(ReadOption(int(value), said))
    return tuple(options)


def _codebook(kind: str, head: str, items: list[ReadItem], remarks: Remarks) -> ReadInstrument:
    if not items:
        raise NotAnInstrument("The codebook describes no question with its answers.")
    numbers = [item.number for item in items]
    if len(set(numbers)) != len(numbers):
        twice = next(number for number in numbers if numbers.count(number) > 1)
        raise NotAnInstrument(f"Question {twice} is there twice.")
    title = _TITLE.search(head)
    return ReadInstrument(
        kind=kind,
        title=title[1].strip() if title else "",
        description=head[:500],
        items=remarks.attached(items),
        dropped=tuple(remarks.dropped),
        doubts=remarks.all_doubts(),
    )
