"""What other rooms do when something of a case ends, in the transaction that ends it.

Rooms above this one register here (in their app's ``ready``); nobody who ends a case can forget them. They run before the
end is written down, while whoever leaves may still see what was theirs.
"""

from collections.abc import Callable
from enum import StrEnum

from homeport.cases.models import CareTeamMember, Case, Participant
from homeport.core.actor import Actor


class Ending(StrEnum):
    """What ends."""

    CASE = "the case is closed"
    PART = "somebody takes part no more"
    PART_OVER = "they take part no more: this one comes after it"
    CARE = "somebody works on it no more"


Ended = Case | Participant | CareTeamMember
_AT: dict[Ending, list[Callable[[Actor, Ended], None]]] = {ending: [] for ending in Ending}


def at(ending: Ending, act: Callable[[Actor, Ended], None]) -> None:
    """Do this whenever such a thing ends. Registered twice it is done once."""
    if act not in _AT[ending]:
        _AT[ending].append(act)


def ends(ending: Ending, actor: Actor, what: Ended) -> None:
    """It ends: everybody who asked for it does what is theirs to do, in the transaction of whoever calls."""
    for act in _AT[ending]:
        act(actor, what)
