"""Plain ways of speaking of danger, by language: named lists, everyday idioms that harm nobody, patterns by kind of danger.

Two files a language: what is said in set words, and the structure of how people say it (``ways``). There is no weighing
and no learning in them: what is written there is found, always.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from homeport.content.danger.spelling import Spelling
from homeport.content.danger.ways import Ways
from homeport.content.strict_yaml import read_yaml
from homeport.core.errors import ContentError

FIELDS = {"language", "named", "idioms", "kinds"}
KINDS = ("suicide", "self-harm", "means", "goodbye", "attempt", "abuse", "child", "others")
WAYS_FIELDS = {"language", "respelled", "near", "real", "lists", "ways"}
LANGUAGES = ("en",)
_NAME = re.compile(r"<(\w+)>")


@dataclass(frozen=True, slots=True)
class DangerWords:
    """The rule of one language. All match plain words: small letters, one space between, no marks."""

    language: str
    idioms: re.Pattern[str]
    kinds: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class DangerWays:
    """How people say it in one language, and how they misspell it."""

    language: str
    spelling: Spelling
    ways: Ways


@lru_cache(maxsize=8)
def danger_words(language: str = "en") -> DangerWords:
    """The rule of a language. Raises ``ContentError`` where there is none, or it is not well-formed."""
    name = _file(language, "")
    return build_rule(_read(name), name)


@lru_cache(maxsize=8)
def danger_ways(language: str = "en") -> DangerWays:
    """The ways of a language. Raises ``ContentError`` where there are none, or they are not well-formed."""
    name = _file(language, "_ways")
    return build_ways(_read(name), name)


def _file(language: str, part: str) -> str:
    if language not in LANGUAGES:
        raise ContentError(f"There is no rule for words of danger in {language!r}.")
    return f"{language}{part}.yaml"


def _read(name: str) -> Any:
    return read_yaml(files(__package__).joinpath(name).read_text(encoding="utf-8"), name)


def build_ways(fields: Any, where: str) -> DangerWays:
    """The ways that a file says. Raises ``ContentError``."""
    if not isinstance(fields, dict) or set(fields) != WAYS_FIELDS or tuple(fields["ways"]) != KINDS:
        raise ContentError(f"{where} is not what the ways of speaking of danger must be.")
    ways = Ways(fields["lists"])
    for kind, said in fields["ways"].items():
        for way in said:
            ways.add(kind, way)
    return DangerWays(
        language=fields["language"],
        spelling=Spelling(fields["respelled"], fields["near"], fields["real"]),
        ways=ways,
    )


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
