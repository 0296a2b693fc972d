"""Ask everybody about home again at fixed joint sessions: the fourth, in a fixed plan every fourth."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from homeport.access.wall import acting
from homeport.cases.beginnings import ASK_AGAIN_AT
from homeport.cases.models import Case, FormatDecision
from homeport.cases.policies import TOGETHER
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.safety.services.ask_screens import ask_since
from homeport.scheduling.models import Appointment

Format = FormatDecision.Format


@acting
def ask_again(*, actor: Actor) -> int:
    """Ask in each case that has come to such a session since its decision. Returns how many questions are new.

    The sessions alone decide when, and each person is asked by themselves: whether one of them has answered, or how, moves
    nothing for another.
    """
    return sum(ask_since(actor=actor, case_id=case_id, moment=moment) for case_id, moment in _come_to_it())


def _come_to_it() -> Iterator[tuple[UUID, datetime]]:
    """(case, the end of the last session at which it asks) for every open case that has come to one. Two queries."""
    standing = FormatDecision.objects.filter(
        until_at=None, format__in=TOGETHER, case__status=Case.Status.OPEN
    )
    decided = {each.case_id: each for each in standing.order_by("case_id")}
    held = Appointment.objects.filter(
        case_id__in=decided, subject_id=None, status=Appointment.Status.BOOKED, ends_at__lte=now()
    )
    ends: dict[UUID, list[datetime]] = defaultdict(list)
    for case_id, begins_at, ends_at in held.order_by("ends_at").values_list(
        "case_id", "begins_at", "ends_at"
    ):
        if case_id and begins_at >= decided[case_id].from_at:
            ends[case_id].append(ends_at)
    for case_id, found in ends.items():
        last = len(found) - len(found) % ASK_AGAIN_AT
        if decided[case_id].format == Format.JOINT:
            last = min(last, ASK_AGAIN_AT)
        if last:
            yield case_id, found[last - 1]
