"""What takes somebody's time besides meetings, and is kept by rooms further down: first calls.

Those rooms register here, so that no calendar and no reminder forgets what is not an appointment.
"""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from homeport.core.actor import Actor
from homeport.people.models import Person
from homeport.scheduling.calendar.events import Event


class Beside(Protocol):
    """What a room keeps in somebody's time."""

    def entries_of(self, *, actor: Actor, person: Person) -> Iterable[Event]:
        """What of it stands in this person's own calendar, near enough to matter. The person is set behind the wall."""

    def replan(self, *, person_id: UUID | None) -> None:
        """Write its reminders anew: of one person, or (None) of all who chose nothing themselves."""


_registered: dict[str, Beside] = {}


def beside(name: str, room: Beside) -> None:
    """Have its times told from now on; registered again under the same name they are told once."""
    _registered[name] = room


def entries_beside(*, actor: Actor, person: Person) -> list[Event]:
    """Every room's entries, in the order of their names."""
    return [
        each
        for name in sorted(_registered)
        for each in _registered[name].entries_of(actor=actor, person=person)
    ]


def replan_beside(*, person_id: UUID | None) -> None:
    """Have every room write its reminders anew."""
    for name in sorted(_registered):
        _registered[name].replan(person_id=person_id)
