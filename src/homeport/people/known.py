"""What pages for everybody know of the practice without asking the database: its name and its crisis region.

Each process learns it when it starts, and again whenever it reads the practice for a page behind the sign-in.
"""

from dataclasses import dataclass

from homeport.people.models import Practice


@dataclass(frozen=True, slots=True)
class Known:
    """Empty where there is no practice yet, or nobody has asked."""

    name: str = ""
    crisis_region: str = ""


_held = Known()


def known() -> Known:
    """What this process knows. No query."""
    return _held


def learn(practice: Practice | None) -> None:
    """Know this from now on."""
    global _held  # noqa: PLW0603 - one process knows one practice
    _held = Known(practice.name, practice.crisis_region) if practice else Known()
