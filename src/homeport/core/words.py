"""Fields for words that people write, read alike in every room."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 20_000
LARGEST_VERSION = 2**31 - 1


# What nobody sees but letters of some scripts need: joiners, and marks of direction for a single place.
_NEEDED = "\u200c\u200d\u200e\u200f"


class LineField(forms.CharField):
    """One line: a name, a town. No line ends in it, and nothing unseen that rearranges what stands beside it (UAX 9)."""

    def to_python(self, value: Any) -> str:
        return one_line(str(super().to_python(value) or ""))


def one_line(text: str) -> str:
    """The same in one line, without signs that nobody sees. A null stays: its validator refuses it, in words."""
    return " ".join("".join(_seen(sign) for sign in text).split())


def _seen(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Cf" and sign not in _NEEDED:
        return ""
    return " " if kind in {"Cc", "Zl", "Zp"} and sign != "\x00" else sign


class WordsField(forms.CharField):
    """Long text. What no keyboard types is left out rather than refused: nothing that was written is lost."""

    def __init__(self, *, empty: Any, longest: int = LONGEST, **kwargs: Any) -> None:
        super().__init__(max_length=longest, strip=False, **kwargs)
        self.error_messages["required"] = empty
        self.error_messages["max_length"] = _(
            "This is longer than we can keep in one piece. Please split it into two."
        )

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        text = text.replace("\x00", "").replace("\r\n", "\n")
        return text if text.strip() else ""


class VersionField(forms.IntegerField):
    """The version of a row that a form was made for."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput, **kwargs)
