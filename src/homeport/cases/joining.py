"""What else happens in the transaction in which somebody comes into a case.

Rooms further down register what they do then, so that it hangs on nobody's memory and on no page: by whichever way somebody
is brought in, it is done, or nobody was brought in.
"""

from typing import Protocol

from homeport.cases.models import Participant
from homeport.people.models import Person


class AtJoining(Protocol):
    """What a room does."""

    def joined(self, *, part: Participant, changes: bool) -> None:
        """``part`` has just begun. ``changes``: a decision on the format held for those who were there before."""

    def is_known_as(self, *, entered: Person, own: Person) -> None:
        """``own`` takes the place of ``entered``, a second record of the same person with nothing of theirs in it."""


_registered: dict[str, AtJoining] = {}


def at_joining(name: str, room: AtJoining) -> None:
    """Have it done from now on; registered again under the same name it is done once."""
    _registered[name] = room


def tell_joined(*, part: Participant, changes: bool) -> None:
    """Have every room do what it does, in the order of their names."""
    for name in sorted(_registered):
        _registered[name].joined(part=part, changes=changes)


def tell_known(*, entered: Person, own: Person) -> None:
    """The same for a person who was entered twice."""
    for name in sorted(_registered):
        _registered[name].is_known_as(entered=entered, own=own)
