"""Texts that people sign: versioned, immutable once released, and known by the hash of what was on the screen.

One file a text, version and language: ``en/confidentiality-no-secrets.1.md``. Changing a released text means adding a file
with the next version: whoever signed the one before finds it as it was. ``released.yaml`` holds every released text by hash.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from homeport.core.errors import ContentError


@dataclass(frozen=True, slots=True)
class Consent:
    """One text in one version and language. ``hash`` is the SHA-256 of title and body, in hexadecimal."""

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
def consent(consent_id: str, language: str = "en", version: int | None = None) -> Consent:
    """The packaged text, the newest version unless one is named.

    Raises ``ContentError`` where there is none or it is not well-formed.
    """
    if not consent_id.replace("-", "").isalnum() or not language.isalpha():
        raise ContentError("There is no such text.")
    version = version or max(_versions(consent_id, language), default=0)
    source = files(__package__).joinpath(language, f"{consent_id}.{version}.md")
    if not source.is_file():
        raise ContentError(f"There is no text {consent_id!r} in {language!r}.")
    _, head, body = source.read_text(encoding="utf-8").split("---\n", 2)
    fields = yaml.safe_load(head)
    if set(fields) != {"id", "version", "title", "summary"} or (fields["id"], fields["version"]) != (
        consent_id,
        version,
    ):
        raise ContentError(f"The head of {consent_id!r} is not what it must be.")
    return Consent(language=language, body_markdown=body.strip(), **fields)


def all_consents() -> list[Consent]:
    """Every text in every version and language."""
    found = []
    for folder in files(__package__).iterdir():
        if folder.is_dir() and folder.name.isalpha():
            for source in folder.iterdir():
                consent_id, version, _ = source.name.rsplit(".", 2)
                found.append(consent(consent_id, folder.name, int(version)))
    return sorted(found, key=lambda text: (text.language, text.id, text.version))


def released() -> dict[str, str]:
    """The hash of every released text, by ``language/id.version``."""
    text = files(__package__).joinpath("released.yaml").read_text(encoding="utf-8")
    hashes: dict[str, str] = yaml.safe_load(text)
    return hashes


def _versions(consent_id: str, language: str) -> list[int]:
    folder = files(__package__).joinpath(language)
    if not folder.is_dir():
        return []
    names = [source.name.rsplit(".", 2) for source in folder.iterdir() if source.name.endswith(".md")]
    return [int(name[1]) for name in names if name[0] == consent_id and name[1].isdecimal()]
