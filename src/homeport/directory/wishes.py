"""What somebody wishes of a therapist: plain values, kept nowhere. They travel in posted forms, never in an address.

The straight search takes every wish as a must. The short questionnaire gives each a weight; only a must keeps somebody off
the list, the others decide how well they fit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any

from homeport.directory.concerns import Concern, opens_safety_path
from homeport.people.offers import Faith, Format, Gender, Identity, Population, Together


class Weight(IntEnum):
    """How much a wish counts."""

    NICE = 1
    MATTERS = 2
    MUST = 3


@dataclass(frozen=True, slots=True)
class Near:
    """Within ``km`` of a town of the practice's therapists. Coordinates in degrees, where they are known."""

    town: str
    km: int = 25
    latitude: float | None = None
    longitude: float | None = None


# The wishes that can be weighed or given up, in the order in which people are asked. Where they will be and who comes
# cannot: the law decides the one, the room in a therapist's week the other.
NAMES = (
    "concerns", "way", "language", "near", "most_fee", "times", "gender", "identities", "faith", "populations", "words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wishes:
    """Everything somebody said that they want; nothing said is nothing wished.

    ``where``: the jurisdiction in which the client will be during sessions ("CA-ON"). ``concerns``: any of them counts.
    ``most_fee``: in the smallest unit of the therapist's currency. ``times``: parts of the week ("mon-evening", see
    ``week``) on the clock of ``zone``. ``identities``: any of them; ``populations``: all of them. ``words``: free text.
    ``weights``: by name of the wish, a must where nothing is said.
    """

    where: str
    format: Together | None = None
    concerns: tuple[Concern, ...] = ()
    way: Format | None = None
    language: str = ""
    near: Near | None = None
    most_fee: int | None = None
    times: frozenset[str] = frozenset()
    zone: str = "UTC"
    gender: Gender | None = None
    identities: tuple[Identity, ...] = ()
    faith: Faith | None = None
    populations: tuple[Population, ...] = ()
    words: str = ""
    weights: Mapping[str, Weight] = field(default_factory=dict)

    @property
    def given(self) -> tuple[str, ...]:
        """The names of the wishes that were said."""
        return tuple(name for name in NAMES if getattr(self, name) not in (None, "", (), frozenset()))

    @property
    def musts(self) -> tuple[str, ...]:
        """Those of them that keep somebody off the list."""
        return tuple(name for name in self.given if self.weight(name) is Weight.MUST)

    @property
    def opens_safety_path(self) -> bool:
        """Whether help now belongs beside the list."""
        return opens_safety_path(self.concerns)

    def weight(self, name: str) -> Weight:
        """How much a wish counts."""
        return self.weights.get(name, Weight.MUST)

    def without(self, name: str) -> "Wishes":
        """The same without one of the wishes (see :data:`NAMES`)."""
        empty: dict[str, Any] = {each: getattr(_NOTHING, each) for each in NAMES if each == name}
        return replace(self, **empty)


_NOTHING = Wishes(where="")
