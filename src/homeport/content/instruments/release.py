"""What has been released never changes: ids, versions and hashes are written down, and held against the files.

To release new keys or languages: ``python -m homeport.content.instruments.release``. It adds what is new and refuses when
something released no longer has its hash: then the change belongs in a new version.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from homeport.content.instruments.bank import bank_key, bank_words, languages
from homeport.content.instruments.shelf import every_version, folder, read_yaml
from homeport.content.instruments.strict import Fields
from homeport.core.errors import ContentError

_HEAD = """\
# Released keys and wordings with the SHA-256 of their content. A released one never changes: it gets a new version.
# Written by: python -m homeport.content.instruments.release
"""


@dataclass(frozen=True, slots=True, order=True)
class Release:
    """One released piece: a key (``language`` "") or a language of our own bank."""

    id: str
    version: int
    language: str
    hash: str

    @property
    def name(self) -> tuple[str, int, str]:
        """What it is called, without its hash."""
        return (self.id, self.version, self.language)

    def __str__(self) -> str:
        """For messages: attachment.homeport@1 (en)."""
        return f"{self.id}@{self.version}" + (f" ({self.language})" if self.language else "")


def released() -> tuple[Release, ...]:
    """What ``released.yaml`` lists. Raises ContentError."""
    fields = Fields(read_yaml(folder("released.yaml")), "released.yaml")
    found = [_release(entry) for entry in fields.each("released")]
    fields.done()
    if len({entry.name for entry in found}) != len(found):
        fields.fail("something is listed twice.")
    return tuple(found)


def _release(fields: Fields) -> Release:
    release = Release(
        fields.text("id"), fields.integer("version"), fields.text("language", ""), fields.text("hash")
    )
    fields.done()
    return release


def packaged() -> tuple[Release, ...]:
    """What is there, with the hashes it has now. Raises ContentError."""
    keys = [Release(key.id, key.version, "", key.hash) for key in every_version()]
    own = bank_key()
    wordings = [Release(own.id, own.version, language, bank_words(language).hash) for language in languages()]
    return tuple(sorted([*keys, *wordings]))


def drift(listed: tuple[Release, ...], there: tuple[Release, ...]) -> tuple[str, ...]:
    """Every way in which the files break what was released, as sentences; what is new is no breach."""
    now = {entry.name: entry.hash for entry in there}
    found = []
    for entry in listed:
        if entry.name not in now:
            found.append(f"{entry} was released and is gone.")
        elif now[entry.name] != entry.hash:
            found.append(f"{entry} was released and has changed: give it a new version instead.")
    return tuple(found)


def unlisted(listed: tuple[Release, ...], there: tuple[Release, ...]) -> tuple[str, ...]:
    """What is packaged and not yet released, as sentences."""
    names = {entry.name for entry in listed}
    return tuple(f"{entry} is not released yet." for entry in there if entry.name not in names)


def written(there: tuple[Release, ...]) -> str:
    """The text of ``released.yaml`` for these pieces."""
    lines = [
        f"  - {{id: {entry.id}, version: {entry.version}, "
        + (f"language: {entry.language}, " if entry.language else "")
        + f'hash: "{entry.hash}"}}'
        for entry in there
    ]
    return _HEAD + "\n".join(["released:", *lines]) + "\n"


def main() -> int:
    """Add what is new to ``released.yaml``. 1 and the reasons on standard error when something released changed."""
    listed = released()
    if broken := drift(listed, packaged()):
        sys.stderr.write("\n".join(broken) + "\n")
        return 1
    target = folder("released.yaml")
    if not isinstance(target, Path):
        raise ContentError("Releasing needs a checkout, not an installed wheel.")
    target.write_text(written(packaged()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
