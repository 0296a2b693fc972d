"""Plain ways of speaking of danger, by language: named lists, everyday idioms that harm nobody, patterns by kind of danger.

A file a language. There is no weighing and no learning in it: what is written there is found, always.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from homeport.content.strict_yaml import read_yaml
from homeport.core.errors import ContentError

FIELDS = {"language", "named", "idioms", "kinds"}
KINDS = ("suicide", "self-harm", "means", "goodbye", "attempt", "abuse", "child", "others")
LANGUAGES = ("en",)
_NAME = re.compile(r"<(\w+)>")


@dataclass(frozen=True, slots=True)
class DangerWords:
    """The rule of one language. All match plain words: small letters, one space between, no marks."""

    language: str
    idioms: re.Pattern[str]
    kinds: Mapping[str, re.Pattern[str]]


@lru_cache(maxsize=8)
def danger_words(language: str = "en") -> DangerWords:
    """The rule of a language. Raises ``ContentError`` where there is none, or it is not well-formed."""
    if language not in LANGUAGES:
        raise ContentError(f"There is no rule for words of danger in {language!r}.")
    name = f"{language}.yaml"
    return build_rule(read_yaml(files(__package__).joinpath(name).read_text(encoding="utf-8"), name), name)


def build_rule(fields: Any, where: str) -> DangerWords:
    """The rule that a file says. Raises ``ContentError``."""
    if not isinstance(fields, dict) or set(fields) != FIELDS or tuple(fields["kinds"]) != KINDS:
        raise ContentError(f"{where} is not what a rule for words of danger must be.")
    named = {name: f"(?:{'|'.join(words)})" for name, words in fields["named"].items()}
    return DangerWords(
        language=fields["language"],
        idioms=_pattern(fields["idioms"], named, where),
        kinds={kind: _pattern(words, named, where) for kind, words in fields["kinds"].items()},
    )


def _pattern(words: list[str], named: Mapping[str, str], where: str) -> re.Pattern[str]:
    """All of them as one, between word ends, with the named lists put in."""

    def put_in(found: re.Match[str]) -> str:
        if found[1] not in named:
            raise ContentError(f"{where}: there is no list called {found[1]!r}.")
        return named[found[1]]

    text = "|".join(words)
    for _ in range(3):  # a list may name another
        text = _NAME.sub(put_in, text)
    try:
        return re.compile(rf"\b(?:{text})\b")
    except re.error as error:
        raise ContentError(f"{where}: a pattern is not well-formed ({error}).") from error
