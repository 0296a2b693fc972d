"""Questions that open and close nothing by themselves: a clinician reads the answers. Versioned, known by their hash."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from homeport.content.strict_yaml import read_yaml
from homeport.core.errors import ContentError

FIELDS = {"id", "version", "title", "lead", "alone", "answers", "questions", "ask_again"}
NAMES = ("safe-at-home",)


@dataclass(frozen=True, slots=True)
class Screen:
    """One set of questions in one language: each ``questions`` id has one of ``answers`` as its answer."""

    id: str
    version: int
    language: str
    title: str
    lead: str
    alone_text: str
    alone_options: dict[str, str]
    questions: dict[str, str]
    answers: dict[str, str]
    hash: str


@lru_cache(maxsize=16)
def screen(name: str, language: str = "en", version: int = 1) -> Screen:
    """The packaged questions. Raises ``ContentError`` where there are none or they are not well-formed."""
    if name not in NAMES or not language.isalpha():
        raise ContentError("There are no such questions.")
    source = files(__package__).joinpath(language, f"{name}.v{int(version)}.yaml")
    if not source.is_file():
        raise ContentError(f"There are no questions {name!r} in {language!r}.")
    text = source.read_text(encoding="utf-8")
    fields: dict[str, Any] = read_yaml(text, f"{name}.v{version}.yaml")
    if set(fields) != FIELDS or fields["id"] != name or fields["version"] != version:
        raise ContentError(f"The questions {name!r} are not what they must be.")
    return Screen(
        id=name,
        version=version,
        language=language,
        title=fields["title"],
        lead=fields["lead"],
        alone_text=fields["alone"]["text"],
        alone_options=fields["alone"]["options"],
        questions={**fields["questions"], "ask_again": fields["ask_again"]["text"]},
        answers=fields["answers"],
        hash=hashlib.sha256(text.encode()).hexdigest(),
    )
