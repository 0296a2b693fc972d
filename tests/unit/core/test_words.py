"""One line of words, whatever was pasted into it."""

import pytest
from django.core.exceptions import ValidationError

from homeport.core.words import LineField, one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ana Ames", "Ana Ames"),
        ("  Ana \t Ames\r\nBcc: all@example.org ", "Ana Ames Bcc: all@example.org"),
        ("Ana\u202egnp.tnuocca", "Anagnp.tnuocca"),
        ("\u2066Ana\u2069\u200b\ufeff\u00ad", "Ana"),
        ("Ana\u2028Ames\u2029\x1b[2J", "Ana Ames [2J"),
        ("Zoë O\u2019Neil-Ørsted", "Zoë O\u2019Neil-Ørsted"),
        ("\u0645\u06cc\u200c\u0631\u0648\u0645", "\u0645\u06cc\u200c\u0631\u0648\u0645"),
        ("\u05d0\u05d1\u200f!", "\u05d0\u05d1\u200f!"),
        ("\U0001f469\u200d\U0001f52c", "\U0001f469\u200d\U0001f52c"),
        ("\u202e\u2066", ""),
    ],
)
def test_a_line_holds_what_is_seen_and_turns_nothing_round(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


def test_a_null_is_refused_in_words_and_nothing_but_signs_is_nothing() -> None:
    field = LineField(max_length=10)
    for typed in ("a\x00b", "\u202e\u2066", "a" * 11):
        with pytest.raises(ValidationError):
            field.clean(typed)
    assert field.clean("Ana\u202e Ames") == "Ana Ames"
