"""The public sources that `homeport instruments install NAME` can name: repository, commit, path, SHA-256, licence."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib import resources

from homeport.catalogue.readers.opening import Supplied
from homeport.content.instruments import WordingSource
from homeport.content.instruments.strict import load_yaml


@dataclass(frozen=True, slots=True)
class PublicSource:
    """One published wording. ``files`` maps each file's place under ``folder`` to its SHA-256."""

    instrument: str
    repository: str
    commit: str
    path: str
    licence: str
    languages: tuple[str, ...]
    known: tuple[str, ...]
    files: Mapping[str, str]

    @property
    def folder(self) -> str:
        """Where the files lie in the repository."""
        if len(self.files) == 1:
            return self.path.rpartition("/")[0]
        return self.path

    @property
    def sha256(self) -> str:
        """Of the one file, or over the names and hashes of several (as `Supplied.sha256`)."""
        if len(self.files) == 1:
            return next(iter(self.files.values()))
        lines = [f"{name} {self.files[name]}\n" for name in sorted(self.files)]
        return sha256("".join(lines).encode()).hexdigest()

    def recorded(self) -> WordingSource:
        """What an installed wording says of where it came from."""
        return WordingSource(self.repository, self.commit, self.path, self.sha256, self.licence)


@lru_cache(maxsize=1)
def all_sources() -> tuple[PublicSource, ...]:
    """Every source on record, the first of an instrument being the one to try first. Raises ContentError."""
    text = resources.files("homeport.catalogue").joinpath("sources.yaml").read_text(encoding="utf-8")
    content = load_yaml(text, "sources.yaml")
    return tuple(
        _source(entry, f"sources.yaml, source {place}") for place, entry in enumerate(content["sources"], 1)
    )


def _source(entry: Mapping[str, object], where: str) -> PublicSource:
    texts = {name: str(entry[name]) for name in ("instrument", "repository", "commit", "path", "licence")}
    files, languages, known = entry["files"], entry["languages"], entry.get("known", [])
    assert isinstance(files, dict), where
    assert isinstance(languages, list), where
    assert isinstance(known, list), where
    return PublicSource(**texts, languages=tuple(languages), known=tuple(known), files=files)


def sources_of(instrument: str, language: str = "") -> tuple[PublicSource, ...]:
    """The sources of one instrument, of those that hold the language if one is given."""
    return tuple(
        source
        for source in all_sources()
        if source.instrument == instrument and (not language or language.lower() in source.languages)
    )


def public_source(supplied: Supplied) -> PublicSource | None:
    """The public source whose files these are, byte for byte, or None: then it is a file that the practice holds."""
    hashes = {name: sha256(data).hexdigest() for name, data in supplied.files.items()}
    for source in all_sources():
        if len(source.files) == 1:
            alone = [supplied.main] if supplied.main else list(hashes)
            if len(alone) == 1 and hashes[alone[0]] in source.files.values():
                return source
        elif all(hashes.get(name) == known for name, known in source.files.items()):
            return source
    return None
