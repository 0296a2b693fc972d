"""How much an answer asks of somebody, and by when. Plain values, without a database."""

from dataclasses import dataclass, field
from enum import IntEnum


class Level(IntEnum):
    """What a human must do. Never lowered by anything but a human's closing note."""

    NONE = 0
    # A human marked it as known and planned for until a day; it is looked at in its turn.
    KNOWN = 1
    SAME_DAY = 2
    URGENT = 3

    def raised(self) -> "Level":
        """One level up. Above urgent there is nothing."""
        return Level(min(self + 1, Level.URGENT)) if self else Level.NONE


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules made of one answer: the level and, as short codes, every reason there was for it."""

    level: Level
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A human's mark on an earlier answer: it is known, and there is a plan for it. ``reasons``: what was known then."""

    value: int
    reasons: frozenset[str] = field(default_factory=frozenset)


NOTHING = Reading(Level.NONE)
