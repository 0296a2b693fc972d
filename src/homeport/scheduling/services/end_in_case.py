"""What becomes of times that are booked when a case is closed, somebody leaves it, or works on it no more.

Nobody comes to a time of which their case knows nothing any more, and nobody pays for it: what was to come is called off as
by the practice, everybody who was to come hears of it in a neutral letter, and who waits is offered the time. All in the
transaction that ends it.
"""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from homeport.access.standing import standing_of
from homeport.access.wall import person_set
from homeport.cases.endings import Ended
from homeport.cases.models import CareTeamMember, Case, Participant
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.people.models import Therapist
from homeport.people.models.lasting import holds_at
from homeport.scheduling.letters import News
from homeport.scheduling.models import Appointment, Occupancy, Series, Waiting
from homeport.scheduling.policies import Side
from homeport.scheduling.services.cancel_appointment import call_off
from homeport.scheduling.services.change_series import end_series
from homeport.scheduling.services.join_group import place_became_free
from homeport.scheduling.services.leave_meeting import leave_meetings
from homeport.scheduling.services.tell_people import tell_one
from homeport.scheduling.services.wait_for_time import end_waiting

Status = Appointment.Status


def when_case_closes(actor: Actor, ended: Ended) -> None:
    """Everything that was to come is called off, and nobody waits for a time in it."""
    assert isinstance(ended, Case)
    with person_set(_eyes(actor, ended.pk)):
        _call_off(actor, list(_ahead(ended.pk)))
    _end_waiting(actor, case_id=ended.pk)


def when_part_ends(actor: Actor, ended: Ended) -> None:
    """Their own times are called off; of joint ones those that are not without them, the others take place."""
    assert isinstance(ended, Participant)
    case_id, person_id = ended.case_id, ended.person_id
    with person_set(_eyes(actor, case_id)):
        _call_off(actor, list(_ahead(case_id).filter(subject_id=person_id)))
        joint = list(_ahead(case_id).filter(subject_id=None, people__person_id=person_id))
        going_on = [row for row in joint if _goes_on_without(row, person_id)]
        leave_meetings(actor=actor, rows=going_on, person_id=person_id)
        _call_off(actor, [row for row in joint if row not in going_on])
    _end_waiting(actor, case_id=case_id, person_id=person_id)


def when_part_is_over(actor: Actor, ended: Ended) -> None:
    """A place in a group is free."""
    assert isinstance(ended, Participant)
    place_became_free(actor, ended)


def when_care_ends(actor: Actor, ended: Ended) -> None:
    """What they were to lead is called off; where they would only have been beside somebody, their time is free."""
    assert isinstance(ended, CareTeamMember)
    therapist = Therapist.objects.filter(person_id=ended.person_id).select_related("person__user").first()
    if therapist is None:
        return
    with person_set(_eyes(actor, ended.case_id)):
        _call_off(actor, list(_ahead(ended.case_id).filter(therapist=therapist)))
        for row in _ahead(ended.case_id).filter(co_therapists__therapist=therapist):
            _no_longer_beside(actor, row, therapist)
    _end_waiting(actor, case_id=ended.case_id, therapist=therapist)


def _eyes(actor: Actor, case_id: UUID) -> Actor:
    """Somebody who sees every time of the case: whoever ends it need not (a change of therapist is arranged by others)."""
    team = CareTeamMember.objects.filter(holds_at(now()), case_id=case_id).order_by("from_at", "pk")
    members = (Actor("person", person_id=one.person_id, via=actor.via) for one in team)
    return next((one for one in members if case_id in standing_of(one).professional_cases), actor)


def _ahead(case_id: UUID) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(case_id=case_id, begins_at__gt=now()).exclude(status=Status.CANCELLED)
    return rows.order_by("begins_at", "pk")


def _call_off(actor: Actor, rows: Sequence[Appointment]) -> None:
    """One letter for each single meeting, one for each series."""
    recurring: dict[UUID, list[Appointment]] = defaultdict(list)
    for row in rows:
        if row.series_id is not None and row.series_day is not None:
            recurring[row.series_id].append(row)
        else:
            call_off(actor=actor, appointment=row, version=row.version, side=Side.PRACTICE, late=False)
    for series in Series.objects.select_for_update().filter(pk__in=recurring).order_by("pk"):
        affected = sorted(recurring[series.pk], key=lambda row: (str(row.series_day), row.pk))
        end_series(actor=actor, series=series, affected=affected, side=Side.PRACTICE)


def _goes_on_without(row: Appointment, person_id: UUID) -> bool:
    """A group does; others where two are left who come."""
    if row.kind == row.offering.Kind.GROUP:
        return True
    coming = row.people.exclude(person_id=person_id).exclude(consent="no")
    return coming.count() > 1


def _no_longer_beside(actor: Actor, row: Appointment, therapist: Therapist) -> None:
    row.co_therapists.filter(therapist=therapist).delete()
    Occupancy.objects.filter(source_id=row.pk, resource_id=therapist.pk).delete()
    if therapist.person_id != actor.person_id:
        tell_one(row, therapist.person, News.CANCELLED, comes=False, mark="beside")


def _end_waiting(actor: Actor, **whose: object) -> None:
    for waiting in Waiting.objects.filter(ended_at=None, **whose).select_related("hold").order_by("pk"):
        end_waiting(actor=actor, waiting=waiting)
