"""Texts that people sign: versioned, and known by the hash of what was on the screen."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from homeport.core.errors import ContentError


@dataclass(frozen=True, slots=True)
class Consent:
    """One text in one language. ``hash`` is the SHA-256 of title and body, in hexadecimal."""

    id: str
    version: int
    language: str
    title: str
    summary: str
    body_markdown: str

    @property
    def hash(self) -> str:
        """What a signature keeps: whoever signed saw exactly this."""
        return hashlib.sha256(f"{self.title}\n\n{self.body_markdown}".encode()).hexdigest()


@lru_cache(maxsize=64)
def consent(consent_id: str, language: str = "en") -> Consent:
    """The packaged text. Raises ``ContentError`` where there is none or it is not well-formed."""
    if not consent_id.replace("-", "").isalnum() or not language.isalpha():
        raise ContentError("There is no such text.")
    source = files(__package__).joinpath(language, f"{consent_id}.md")
    if not source.is_file():
        raise ContentError(f"There is no text {consent_id!r} in {language!r}.")
    _, head, body = source.read_text(encoding="utf-8").split("---\n", 2)
    fields = yaml.safe_load(head)
    if set(fields) != {"id", "version", "title", "summary"} or fields["id"] != consent_id:
        raise ContentError(f"The head of {consent_id!r} is not what it must be.")
    return Consent(language=language, body_markdown=body.strip(), **fields)
