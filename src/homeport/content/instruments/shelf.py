"""Finding and loading packaged keys by name."""

import difflib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from homeport.content.instruments.build_key import build_key
from homeport.content.instruments.schema import Key
from homeport.content.instruments.strict import Fields, load_yaml
from homeport.core.errors import ContentError

_KEY_FILE = re.compile(r"(?P<id>[a-z0-9.-]+)\.v(?P<version>[1-9][0-9]*)\.yaml")


@dataclass(frozen=True, slots=True)
class GoldenVector:
    """Answers and the scores they must give. ``origin`` says where the expected numbers come from.

    ``answers`` are raw, by item id; None is a missing answer. ``scores`` are by scale id, None where no score is
    due. ``outcomes`` are by algorithm name, None where the algorithm cannot tell.
    """

    name: str
    format: str
    answers: dict[str, int | None]
    scores: dict[str, float | None]
    outcomes: dict[str, str | None]
    origin: str


def folder(name: str) -> Traversable:
    """A folder of packaged instrument data: ``keys``, ``golden`` or ``bank``."""
    return files("homeport.content.instruments") / name


@cache
def _index() -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for entry in folder("keys").iterdir():
        if match := _KEY_FILE.fullmatch(entry.name):
            found.setdefault(match["id"], []).append(int(match["version"]))
    return {name: tuple(sorted(found[name])) for name in sorted(found)}


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    """Alias -> the ids it may stand for: those of packaged keys, and the namesakes that are not packaged."""
    meant: dict[str, list[str]] = {}
    for key in all_keys():
        for alias in key.aliases:
            meant.setdefault(alias, []).append(key.id)
    return {alias: tuple(ids) for alias, ids in meant.items()}


@cache
def namesakes() -> dict[str, tuple[tuple[str, str], ...]]:
    """Bare names that stand for two different instruments -> (id or "", what it is), from ``keys/namesakes.yaml``."""
    fields = Fields(read_yaml(folder("keys") / "namesakes.yaml"), "namesakes.yaml")
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for entry in fields.each("namesakes"):
        found[entry.text("name")] = tuple(_meaning(meaning) for meaning in entry.each("means"))
        entry.done()
    fields.done()
    return found


def _meaning(fields: Fields) -> tuple[str, str]:
    meaning = (fields.text("id", ""), fields.text("is"))
    fields.done()
    return meaning


def read_yaml(entry: Traversable) -> Any:
    """The content of one packaged YAML file. Raises ContentError."""
    return load_yaml(entry.read_text(encoding="utf-8"), entry.name)


def resolve(name: str) -> str:
    """The id a name stands for: an id, or an alias, in any case.

    Raises ContentError for an unknown name (near ones are named) and for a bare name that two different instruments
    share, with what each of them is: ``maas`` is a scale of mindfulness and another of bonding before birth.
    """
    wanted = name.strip().lower()
    if wanted in _index():
        return wanted
    if wanted in namesakes():
        meanings = "; ".join(f"{known or 'not packaged'}: {what}" for known, what in namesakes()[wanted])
        raise ContentError(
            f"The name {name!r} stands for more than one instrument ({meanings}). Use the full id."
        )
    ids = _aliases().get(wanted, ())
    if len(ids) == 1:
        return ids[0]
    near = difflib.get_close_matches(wanted, [*_index(), *_aliases()], n=3, cutoff=0.6)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise ContentError(f"There is no instrument called {name!r}.{hint}")


@cache
def _load(key_id: str, version: int) -> Key:
    name = f"{key_id}.v{version}.yaml"
    key = build_key(read_yaml(folder("keys") / name), name)
    if (key.id, key.version) != (key_id, version):
        raise ContentError(f"{name}: the file says it is {key.reference}.")
    return key


def load_key(name: str, version: int | None = None) -> Key:
    """The key with this id or alias; the newest version unless one is asked for. Raises ContentError."""
    key_id = resolve(name)
    versions = _index()[key_id]
    if version is not None and version not in versions:
        raise ContentError(
            f"There is no version {version} of {key_id}; there is {', '.join(map(str, versions))}."
        )
    return _load(key_id, version or versions[-1])


def key_versions(name: str) -> tuple[int, ...]:
    """The packaged versions of a key, ascending. Raises ContentError."""
    return _index()[resolve(name)]


def every_version() -> tuple[Key, ...]:
    """Every version of every packaged key: old answers still point at old versions. Raises ContentError."""
    return tuple(_load(key_id, version) for key_id, versions in _index().items() for version in versions)


def all_keys() -> tuple[Key, ...]:
    """The newest version of every packaged key, by id. Raises ContentError."""
    return tuple(_load(key_id, versions[-1]) for key_id, versions in _index().items())


def golden_vectors(key: Key) -> tuple[GoldenVector, ...]:
    """The golden vectors beside a key. Raises ContentError."""
    name = f"{key.id}.v{key.version}.yaml"
    entry = folder("golden") / name
    if not entry.is_file():
        raise ContentError(f"There are no golden vectors for {key.reference}.")
    fields = Fields(read_yaml(entry), f"golden {name}")
    vectors = tuple(_vector(entry) for entry in fields.each("vectors"))
    if fields.text("key") != key.reference:
        fields.fail(f"the vectors are not for {key.reference}.")
    fields.done()
    return vectors


def _vector(fields: Fields) -> GoldenVector:
    vector = GoldenVector(
        name=fields.text("name"),
        format=fields.text("format", ""),
        answers=fields.mapping("answers"),
        scores=fields.mapping("scores"),
        outcomes=fields.mapping("outcomes", {}),
        origin=fields.text("origin"),
    )
    fields.done()
    return vector
