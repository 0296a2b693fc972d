"""What this room's pages read."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from homeport.access.models import BrokenGlass, Release
from homeport.access.on_cases import CaseAct, cases_for
from homeport.access.standing import WORK_ON_CASES, Standing
from homeport.cases.models import Case, Participant
from homeport.core.clock import now
from homeport.people.models import Supervision
from homeport.people.models.lasting import holds_at


def waiting_emergencies(standing: Standing) -> "QuerySet[BrokenGlass]":
    """The broken glass that this person must look at: of their own cases and supervisees, never their own doing."""
    if standing.person_id is None or not standing.roles & WORK_ON_CASES:
        return BrokenGlass.objects.none()
    supervisees = Supervision.objects.filter(holds_at(now()), supervisor_id=standing.person_id)
    mine = Q(case_id__in=cases_for(standing, CaseAct.ACKNOWLEDGE_EMERGENCY)) | Q(
        person_id__in=supervisees.values("supervisee_id")
    )
    waiting = BrokenGlass.objects.filter(mine, acknowledged_at=None).exclude(person_id=standing.person_id)
    return waiting.exclude(case_id__in=standing.participates_in).order_by("-from_at", "pk")


def emergencies_in(case_ids: Iterable[UUID], *, limit: int = 20) -> list[BrokenGlass]:
    """Who opened these cases in an emergency, latest first: shown to everybody who takes part."""
    return list(BrokenGlass.objects.filter(case_id__in=list(case_ids)).order_by("-from_at", "pk")[:limit])


def cases_of_named(name: str, born: date | None) -> list[tuple[UUID, UUID]]:
    """(case, person) for every case that is not closed and in which somebody of exactly this name takes part now."""
    found = Participant.objects.filter(
        Q(person__name__iexact=name) | Q(person__called__iexact=name), holds_at(now())
    ).exclude(case__status=Case.Status.CLOSED)
    if born is not None:
        found = found.filter(person__birth_date=born)
    return list(found.order_by("case_id", "person_id").values_list("case_id", "person_id")[:50])


def released_to(row_ids: Iterable[UUID]) -> dict[UUID, list[UUID | None]]:
    """To whom each of these rows is open now, by row; None stands for the care team. One query."""
    standing = Release.objects.filter(holds_at(now()), row_id__in=list(row_ids))
    found: dict[UUID, list[UUID | None]] = {}
    for row_id, recipient_id in standing.order_by("from_at", "pk").values_list("row_id", "recipient_id"):
        found.setdefault(row_id, []).append(recipient_id)
    return found
