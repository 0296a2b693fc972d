"""What a process knows of the practice without asking the database each time: its name, its crisis region, its words.

It learns them when it starts, and again whenever it reads the practice. Pages for everybody only use what is known; pages
behind the sign-in that say one of the practice's words ask again after a minute, so that a change reaches every process.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from homeport.core.clock import now
from homeport.people.models import Practice

LASTS = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Known:
    """Empty where there is no practice yet, or nobody has asked. ``read_at``: when it was read; None for never."""

    name: str = ""
    crisis_region: str = ""
    words: Mapping[str, Any] = field(default_factory=dict)
    read_at: datetime | None = None

    @property
    def is_fresh(self) -> bool:
        """Whether it was read within the last minute."""
        return self.read_at is not None and self.read_at <= now() < self.read_at + LASTS


_held = Known()


def known() -> Known:
    """What this process knows. No query."""
    return _held


def learn(practice: Practice | None) -> None:
    """Know this from now on."""
    global _held  # noqa: PLW0603 - one process knows one practice
    moment = now()
    _held = (
        Known(practice.name, practice.crisis_region, practice.words, moment)
        if practice
        else Known(read_at=moment)
    )


def forget() -> None:
    """Know nothing, as a process that has just begun."""
    global _held  # noqa: PLW0603
    _held = Known()
