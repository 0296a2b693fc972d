"""Bytes to characters, characters to words that are fit to be shown."""

import contextlib
import time

import pytest

from homeport.catalogue.readers.instrument import NotAnInstrument, Remarks
from homeport.catalogue.readers.text import decode, whole_number, words


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_unicode_encoding_is_read_without_a_doubt(encoding: str) -> None:
    remarks = Remarks()
    assert decode("Käse, plain and simple".encode(encoding), remarks) == "Käse, plain and simple"
    assert remarks.all_doubts() == ()


def test_windows_bytes_are_read_with_a_doubt() -> None:
    remarks = Remarks()
    assert decode("Käse – “gut”".encode("cp1252"), remarks) == "Käse – “gut”"
    assert "Windows-1252" in remarks.all_doubts()[0]


@pytest.mark.parametrize(
    "data",
    [b"text\x00with a zero", b"\xff\xfea", b"\x89PNG\x00\x00\x0d", bytes(range(256)) * 20, b"\x81\x8d\x8f"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(NotAnInstrument, match="not a text file"):
        decode(data, Remarks())


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("<b>I</b> like <i class='x'>rain</i>", "I like rain"),
        ("one<br/>two<div>three</div>four", "one twothree four"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("<script>alert(1)</script>rain", "rain"),
        ("rain<!-- hidden --> falls<style>p{}</style>", "rain falls"),
        ("rain <script>never closed", "rain"),
        ("&lt;b&gt; &amp; &eacute;", "<b> & é"),
        ("a\u202eb\u200bc\ufeff\u2066d", "abcd"),
        ("line\r\n one\ttwo\u2028three\x07", "line one two three"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        (None, ""),
        (7, ""),
    ],
)
def test_words_are_plain(raw: object, shown: str) -> None:
    assert words(raw, Remarks(), 100) == shown


def test_markup_is_counted_and_told_once() -> None:
    remarks = Remarks()
    for text in ("<b>a</b>", "plain", "<i>b</i>"):
        words(text, remarks, 100)
    assert remarks.all_doubts() == ("Formatting (HTML) was taken out of 2 texts.",)


@pytest.mark.parametrize("raw", ["x" * 101, "half \ud800 a letter", "y" * 70_000])
def test_words_that_cannot_be_shown_are_refused(raw: str) -> None:
    with pytest.raises(NotAnInstrument):
        words(raw, Remarks(), 100)


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        (3, 3), ("3", 3), (" -1 ", -1), ("2.0", 2), (2.0, 2), ("+4", 4),
        (2.5, None), ("2.5", None), (True, None), ("", None), ("abc", None), ("1e3", None), (float("inf"), None),
        (float("nan"), None), (10**30, None), ("99999", None), ("٣", None), (None, None), ([1], None),
    ],
)  # fmt: skip
def test_whole_numbers_are_read_and_nothing_else(raw: object, number: int | None) -> None:
    assert whole_number(raw) == number


@pytest.mark.parametrize("piece", ["<", "<a ", "<!--", "<script>", "&lt;", '"', "<b>"])
def test_the_worst_text_takes_no_time(piece: str) -> None:
    start = time.process_time()  # of this process alone, whatever else the machine does
    with contextlib.suppress(NotAnInstrument):
        words(piece * (59_000 // len(piece)), Remarks(), 60_000)
    assert time.process_time() - start < 2
