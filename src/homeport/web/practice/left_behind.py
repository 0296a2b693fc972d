"""What somebody left behind whose role was taken away: cases that nobody treats, and meetings that nobody would come to."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from homeport.access.rows import visible
from homeport.access.standing import Standing
from homeport.access.table import Sight
from homeport.access.wall import person_set
from homeport.cases.models import CareTeamMember, Case
from homeport.cases.services.open_case import TREATS
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.people.models import Cover, Person, RoleHolding
from homeport.people.models.lasting import holds_at
from homeport.scheduling.models import Appointment


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Of one person: open cases that nobody else treats, until when a colleague covers them, and what is booked."""

    person: Person
    cases: int
    covered_until: date | None
    therapist_id: UUID | None = None
    meetings: int = 0
    last_day: date | None = None


def left_behind(standing: Standing) -> list[LeftBehind]:
    """Of everybody who treats nobody any more, by name; only who left something. Four queries; of meetings, times alone."""
    treating = RoleHolding.objects.filter(holds_at(now()), role__in=TREATS)
    cases, meetings = _cases(treating), _meetings(standing, treating)
    people = Person.objects.filter(Q(pk__in=list(cases)) | Q(therapist__in=list(meetings)))
    covers = dict(
        Cover.objects.filter(until_at__gt=now(), covered__in=list(cases))
        .values_list("covered_id")
        .annotate(Max("until_at"))
    )
    return [
        _of(person, cases[person.pk], covers.get(person.pk), meetings)
        for person in people.select_related("therapist").order_by("name", "pk")
    ]


def _of(
    person: Person, cases: int, until: datetime | None, meetings: dict[UUID, tuple[int, datetime]]
) -> LeftBehind:
    covered_until = timezone.localdate(until) if until else None
    therapist_id = person.therapist.pk if hasattr(person, "therapist") else None
    if therapist_id not in meetings:
        return LeftBehind(person, cases, covered_until)
    count, last = meetings[therapist_id]
    return LeftBehind(person, cases, covered_until, therapist_id, count, timezone.localdate(last))


def _cases(treating: "QuerySet[RoleHolding]") -> Counter[UUID]:
    """How many open cases each is on who does not treat any more, with nobody beside them who does."""
    team = CareTeamMember.objects.filter(holds_at(now()))
    works = Exists(treating.filter(person_id=OuterRef("person_id")))
    treated = team.filter(works, case_id=OuterRef("case_id"))
    alone = team.exclude(case__status=Case.Status.CLOSED).exclude(Exists(treated))
    return Counter(alone.values_list("person_id", flat=True))


def _meetings(standing: Standing, treating: "QuerySet[RoleHolding]") -> dict[UUID, tuple[int, datetime]]:
    """By therapist: how many are still to come with somebody who does not treat any more, and the last of them."""
    ahead = visible(standing, Appointment, Sight.TIME_AND_PLACE).filter(
        ~Exists(treating.filter(person_id=OuterRef("therapist__person_id"))),
        ~Q(status=Appointment.Status.CANCELLED),
        begins_at__gt=now(),
    )
    counted = (
        ahead.order_by().values_list("therapist_id").annotate(Count("pk", distinct=True), Max("begins_at"))
    )
    with person_set(Actor("person", person_id=standing.person_id)):
        return {therapist_id: (count, last) for therapist_id, count, last in counted}
