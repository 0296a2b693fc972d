"""Texts that people sign: versioned, immutable once released, and known by the hash of what was on the screen.

One file a text, version and language: ``en/confidentiality-no-secrets.1.md``. Changing a released text means adding a file
with the next version: whoever signed the one before finds it as it was. ``released.yaml`` holds every released text by hash.

A place whose law differs has a text of its own beside the general one: ``minors-ca-qc`` beside ``minors``.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from homeport.core.errors import ContentError

REQUIRED = {"id", "version", "title", "summary"}
OPTIONAL = {"taking_back", "mark"}
MARKS = ("read", "recheck")


@dataclass(frozen=True, slots=True)
class Consent:
    """One text in one version and language. ``hash`` is the SHA-256 of title and body, in hexadecimal.

    ``taking_back``: what follows when somebody takes their yes back, in plain words. ``mark``: whether the law it speaks of
    was read at its source, or must be checked again.
    """

    id: str
    version: int
    language: str
    title: str
    summary: str
    body_markdown: str
    taking_back: str = ""
    mark: str = "read"

    @property
    def hash(self) -> str:
        """What a signature keeps: whoever signed saw exactly this."""
        return hashlib.sha256(f"{self.title}\n\n{self.body_markdown}".encode()).hexdigest()

    @property
    def is_provisional(self) -> bool:
        """Whether it must be shown as not yet confirmed."""
        return self.mark != "read"


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
    fits = REQUIRED <= set(fields) <= REQUIRED | OPTIONAL and fields.get("mark", "read") in MARKS
    if not fits or (fields["id"], fields["version"]) != (consent_id, version):
        raise ContentError(f"The head of {consent_id!r} is not what it must be.")
    return Consent(language=language, body_markdown=body.strip(), **fields)


def consent_in(kind: str, jurisdiction: str, language: str = "en") -> Consent:
    """The newest text of this kind for a place ("CA-QC"): its own, else its country's, else the general one.

    In the person's language where there is one, else in English. Raises ``ContentError`` where there is none at all.
    """
    place = jurisdiction.lower()
    for spoken in dict.fromkeys((language.partition("-")[0].lower() or "en", "en")):
        for name in (f"{kind}-{place}", f"{kind}-{place.partition('-')[0]}", kind):
            if name.replace("-", "").isalnum() and spoken.isalpha() and _versions(name, spoken):
                return consent(name, spoken)
    raise ContentError(f"There is no text {kind!r}.")


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


@lru_cache(maxsize=256)
def _versions(consent_id: str, language: str) -> tuple[int, ...]:
    folder = files(__package__).joinpath(language)
    if not folder.is_dir():
        return ()
    names = [source.name.rsplit(".", 2) for source in folder.iterdir() if source.name.endswith(".md")]
    return tuple(int(name[1]) for name in names if name[0] == consent_id and name[1].isdecimal())
