"""The tables of an HTML page, cell by cell, in one pass over its tags."""

import re
from collections.abc import Iterator

from homeport.catalogue.readers.instrument import NotAnInstrument
from homeport.catalogue.readers.text import without_unseen

MOST_ROWS = 5_000
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)(?=[\s/>])[^<>]*>")
_ENDS_CELL = {"td", "th", "tr", "table", "tbody", "thead"}


def rows_of(page: str) -> list[list[str]]:
    """The rows of every table, each a list of its cells with their inner markup. Raises NotAnInstrument for too many."""
    rows: list[list[str]] = []
    page = without_unseen(page)
    start = -1
    for closing, name, begin, end in _tags(page):
        if name not in _ENDS_CELL:
            continue
        if start >= 0:
            rows[-1].append(page[start:begin])
            start = -1
        if closing:
            continue
        if name == "tr" or (name in {"td", "th"} and not rows):
            rows.append([])
        if name in {"td", "th"}:
            start = end
        if len(rows) > MOST_ROWS:
            raise NotAnInstrument(f"The page has more than {MOST_ROWS:,} table rows: it is no codebook.")
    return rows


def before_tables(page: str) -> str:
    """What stands before the first table, with its markup."""
    for closing, name, begin, _ in _tags(page):
        if name == "table" and not closing:
            return page[:begin]
    return page[:20_000]


def _tags(page: str) -> Iterator[tuple[bool, str, int, int]]:
    for found in _TAG.finditer(page):
        yield bool(found[1]), found[2].lower(), found.start(), found.end()
