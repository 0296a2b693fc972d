"""No sentence of a published instrument stands in any file of ours: wording is installed, never shipped.

Six words in a row that also stand in an item of ``../shared/instruments`` (or the whole item, where it has four or
five) are taken for a borrowed sentence. Skipped where that material is not beside the checkout.
"""

import csv
import html
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.checks.finding import ROOT, files_of, read

ROW, SHORTEST = 6, 4
_WORD = re.compile(r"[a-z]+")


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return _WORD.findall(text.lower().replace("'", "").replace("’", ""))


def rows(words: list[str], size: int) -> set[tuple[str, ...]]:
    """Every ``size`` words in a row."""
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}


def rows_of_items(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """The rows by which an item is known again: six words of it, or all of four or five."""
    items = [words for text in texts if len(words := words_of(text)) >= SHORTEST]
    return {row for words in items for row in rows(words, min(ROW, len(words)))}


def borrowed(text: str, published: set[tuple[str, ...]]) -> list[str]:
    """The rows of a text that stand in published items."""
    words = words_of(text)
    found = {row for size in range(SHORTEST, ROW + 1) for row in rows(words, size)} & published
    return [" ".join(row) for row in sorted(found)]


def item_texts(folder: Path) -> Iterator[str]:
    """The sentences of the items: longer texts of JSON values, the label column of CSV, the items of a codebook."""
    for path in sorted(folder.rglob("*")):
        text = read(path) if path.is_file() and path.suffix != ".zip" else None
        if text is None or path.suffix == ".md":
            continue
        if path.suffix == ".csv":
            yield from (
                row.get("Field Label") or row.get("field_label") or ""
                for row in csv.DictReader(text.splitlines())
            )
        elif path.suffix == ".html":
            yield from re.findall(r'"([^"<>]+)" rated', html.unescape(text))
        elif path.suffix == ".txt":
            yield from re.findall(r"^Q\d+\.\s*(.+)$", text, re.MULTILINE)
        else:
            yield from spoken(json.loads(text))


def spoken(value: Any, name: str = "") -> Iterator[str]:
    """The values of fields that are shown to a person."""
    if isinstance(value, dict):
        for field, each in value.items():
            yield from spoken(each, field if field not in {"en", "@value"} else name)
    elif isinstance(value, list):
        for each in value:
            yield from spoken(each, name)
    elif isinstance(value, str) and name in {"text", "question", "preamble", "schema:question"}:
        yield value


def test_a_borrowed_sentence_is_found() -> None:
    published = rows_of_items(["I like to walk by the sea when it rains.", "I fear deep water."])
    assert borrowed("They said: I like to walk by the harbour.", published) == ["i like to walk by the"]
    assert borrowed("I fear deep water, said the cat.", published) == ["i fear deep water"]
    assert borrowed("We walk by the sea, and it is dry. I fear deep mud.", published) == []


def test_no_file_of_ours_holds_a_published_item(shared: Path) -> None:
    published = rows_of_items(item_texts(shared / "instruments"))
    assert len(published) > 300
    found = {
        path.relative_to(ROOT).as_posix(): rows_found
        for path in files_of(ROOT)
        if (text := read(path)) and (rows_found := borrowed(text, published))
    }
    assert found == {}


@pytest.mark.parametrize("value", [{"question": {"en": "How are you?"}}, [{"text": "How are you?"}]])
def test_what_is_shown_is_taken_from_any_depth(value: Any) -> None:
    assert list(spoken({"item": value, "url": "not shown"})) == ["How are you?"]
