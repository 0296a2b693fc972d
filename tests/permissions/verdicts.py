"""Reading `verdicts.yaml`, and one `verdicts_ROOM.yaml` beside it for each room that has a file of its own."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("verdicts.yaml")
WORDS = frozenset({"see", "done", "refused", "hidden", "sign-in", "confirm", "open"})
UNKNOWN = frozenset({"nobody", "elsewhere"})


@dataclass(frozen=True)
class AskedAgain:
    """Where an old proof of who one is does not do."""

    route: str
    method: str
    people: tuple[str, ...]
    of: str = ""


def asked_again() -> list[AskedAgain]:
    """All of them."""
    return [AskedAgain(**{**each, "people": tuple(each["people"])}) for each in read()["asked again"]]


@dataclass(frozen=True)
class Case:
    """One address of one thing with one method: the verdict of each person, and what the form sends."""

    route: str
    of: str
    method: str
    verdicts: dict[str, str]
    sends: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.route}" + (f" of {self.of}" if self.of else "")


@cache
def read() -> dict[str, Any]:
    """The files, as they stand. Raises ``ValueError`` where two of them speak of one route."""
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    for file in sorted(FILE.parent.glob("verdicts_*.yaml")):
        more = yaml.safe_load(file.read_text(encoding="utf-8"))
        if twice := set(more["routes"]) & set(found["routes"]):
            raise ValueError(f"{file.name} speaks of {sorted(twice)} again")
        found["routes"] |= more["routes"]
        found["asked again"] += more.get("asked again", [])
    return found


@cache
def people() -> tuple[str, ...]:
    """Everybody it speaks of."""
    return tuple(read()["people"])


def members(name: str) -> set[str]:
    """A person, or everybody of a group. Raises ``KeyError`` for somebody nobody introduced."""
    if name in read()["people"]:
        return {name}
    return set().union(*(members(each) for each in read()["groups"][name]))


def cases() -> list[Case]:
    """All of them, in the order of the file."""
    found = []
    for route, entries in read()["routes"].items():
        for entry in entries:
            of = entry.get("of", "")
            found += [_case(route, of, method, said) for method, said in entry.items() if method != "of"]
    return found


def _case(route: str, of: str, method: str, said: dict[str, Any]) -> Case:
    verdicts = {who: "sign-in" if who in UNKNOWN else "hidden" for who in people()}
    named: set[str] = set()
    for word, names in said.items():
        if word == "with":
            continue
        if word not in WORDS:
            raise ValueError(f"{route}: nobody knows what {word!r} means")
        for name in names:
            whole = members(name)
            if whole & named:
                raise ValueError(f"{route} {of}: two verdicts for {sorted(whole & named)}")
            named |= whole
            verdicts |= dict.fromkeys(whole, word)
    return Case(route, of, method, verdicts, said.get("with", {}))
