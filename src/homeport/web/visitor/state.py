"""The whole of a visit, as one small value that travels in the page.

A :class:`Run` is one relationship under way with one set of questions; a :class:`Journey` is all runs of a
visit. Both are immutable; ``steps`` makes the next one from the last. :func:`to_wire` and :func:`from_wire`
give the compact form that is signed into the hidden field: three characters an answer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from homeport.core import randomness
from homeport.core.errors import HomeportError
from homeport.web.visitor import relationships

WIRE_VERSION = 1
AGE_BANDS = ("16-17", "adult")
UNDER_16 = "under-16"
MOST_ANSWERS = 120
_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_SKIPPED = "-"


class StateError(HomeportError):
    """The state in the page is not one of ours, or no longer fits what is installed."""


@dataclass(frozen=True, slots=True)
class Run:
    """One relationship under way.

    ``answers``: (item number, value) in the order asked; value None means passed over. ``later``: answers
    taken back with the Back button, by item number, offered again when their question returns. ``shown``: the
    last (fewest, most) questions left that the page spoke of, so that it never counts up by itself.
    ``asking``: the question on the screen, None where it is still to be chosen.
    """

    relationship: str
    instrument: str  # id@version
    format: str
    wording: str  # hash of the wording
    answers: tuple[tuple[int, int | None], ...] = ()
    later: Mapping[int, int] | None = None
    shown: tuple[int, int] | None = None
    asking: int | None = None

    @property
    def given(self) -> dict[int, int]:
        """Item number -> value of the questions that were answered."""
        return {number: value for number, value in self.answers if value is not None}

    @property
    def passed_over(self) -> int:
        """How many questions were skipped."""
        return sum(value is None for _, value in self.answers)

    def add(self, number: int, value: int | None) -> "Run":
        """With one more answer."""
        rest = {key: kept for key, kept in (self.later or {}).items() if key != number}
        return replace(self, answers=(*self.answers, (number, value)), later=rest or None, asking=None)

    def take_back(self) -> "Run":
        """Without the last answer; what it was stays at hand."""
        number, value = self.answers[-1]
        later = dict(self.later or {})
        if value is not None:
            later[number] = value
        return replace(self, answers=self.answers[:-1], later=later or None, shown=None, asking=number)

    def without_gaps(self) -> "Run":
        """Skipped questions forgotten, so that they are asked again."""
        kept = tuple(pair for pair in self.answers if pair[1] is not None)
        return replace(self, answers=kept, shown=None, asking=None)


@dataclass(frozen=True, slots=True)
class Journey:
    """A visit. ``key``: 32 hexadecimal digits drawn once; chance and the ids of given answers follow."""

    key: str
    age: str
    runs: tuple[Run, ...] = ()
    at: int = 0
    given: bool = False  # the answers were given for calibration already

    @property
    def run(self) -> Run:
        """The relationship being asked about."""
        return self.runs[self.at]

    @property
    def minor(self) -> bool:
        """16 or 17: gentler words, no style words."""
        return self.age != "adult"

    def with_run(self, run: Run) -> "Journey":
        """With the current relationship replaced."""
        return replace(self, runs=(*self.runs[: self.at], run, *self.runs[self.at + 1 :]))


def begin(age: str) -> Journey:
    """A new visit in one of ``AGE_BANDS``."""
    return Journey(key=f"{randomness.stream('visitor').getrandbits(128):032x}", age=age)


def to_wire(journey: Journey) -> list[Any]:
    """The journey as a short JSON list."""
    runs = [
        [
            run.relationship,
            run.instrument,
            run.format,
            run.wording,
            "".join(_pack(number, value) for number, value in run.answers),
            "".join(_pack(number, value) for number, value in (run.later or {}).items()),
            list(run.shown or ()),
            run.asking or 0,
        ]
        for run in journey.runs
    ]
    return [WIRE_VERSION, journey.key, journey.age, journey.at, int(journey.given), runs]


def from_wire(wire: Any) -> Journey:
    """Back from :func:`to_wire`. Raises StateError for anything that :func:`to_wire` does not write."""
    try:
        version, key, age, at, given, runs = wire
        if version != WIRE_VERSION or age not in AGE_BANDS or not re.fullmatch(r"[0-9a-f]{32}", key):
            raise ValueError(version)
        journey = Journey(key, age, tuple(_run(*run) for run in runs), int(at), bool(given))
        if len({run.relationship for run in journey.runs}) != len(journey.runs):
            raise ValueError(runs)
        if not 0 <= journey.at < max(1, len(journey.runs)):
            raise ValueError(at)
    except (TypeError, ValueError, KeyError) as error:
        raise StateError("This page was made by another version of Homeport.") from error
    return journey


def _run(
    relationship: str,
    instrument: str,
    form: str,
    wording: str,
    answers: str,
    later: str,
    shown: list[int],
    asking: int,
) -> Run:
    given = _unpack(answers)
    if not relationships.known(relationship) or "@" not in instrument or len(shown) not in {0, 2}:
        raise ValueError(relationship)
    if len({number for number, _ in given}) != len(given) or len(given) > MOST_ANSWERS:
        raise ValueError(answers)
    kept = {number: value for number, value in _unpack(later) if value is not None}
    window = (int(shown[0]), int(shown[1])) if shown else None
    if asking in {number for number, _ in given}:
        raise ValueError(asking)
    return Run(relationship, instrument, form, wording, given, kept or None, window, asking or None)


def _pack(number: int, value: int | None) -> str:
    high, low = divmod(number, 36)
    return _ALPHABET[high] + _ALPHABET[low] + (_SKIPPED if value is None else str(value))


def _unpack(packed: str) -> tuple[tuple[int, int | None], ...]:
    if len(packed) % 3:
        raise ValueError(packed)
    parts = (packed[start : start + 3] for start in range(0, len(packed), 3))
    return tuple((int(part[:2], 36), None if part[2] == _SKIPPED else int(part[2])) for part in parts)
