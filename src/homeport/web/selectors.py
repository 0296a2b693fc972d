"""What the pages of a day read, of every room: times and that something is there, and none of the words in it.

Nothing sealed is opened here. One event in the audit a page says whose day was looked at (:func:`note_the_day`).
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from homeport.access.rows import visible
from homeport.access.standing import Standing
from homeport.access.wall import person_set
from homeport.assessments.models import ChildIntake, IntakeForm, OwnAdministration
from homeport.audit.services.record import record_apart
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clinical import ClinicalRow
from homeport.core.clock import now
from homeport.directory.models import Request
from homeport.encounters.models import SessionNote
from homeport.people.models import Licence
from homeport.scheduling.models import Appointment, CoTherapist

MOST = 200
SOON = timedelta(days=60)
Status = Request.Status
Row = TypeVar("Row", bound=ClinicalRow)
UNREAD = Q(filled_at__isnull=False) & (Q(read_at=None) | Q(read_at__lt=F("filled_at")))
NOT_CANCELLED = ~Q(status=Appointment.Status.CANCELLED)


def appointments_of_today(standing: Standing) -> list[Appointment]:
    """Of one's own day as one's own clock has it, and of the cases one covers; also as a co-therapist. One query."""
    begin, end = day_of(now())
    if standing.person_id is None:
        return []
    beside = CoTherapist.objects.filter(therapist__person_id=standing.person_id).values("appointment_id")
    whose = Q(therapist__person_id=standing.person_id) | Q(pk__in=beside) | Q(case_id__in=standing.covers)
    return _rows(
        standing, Appointment, whose & NOT_CANCELLED & Q(begins_at__gte=begin, begins_at__lt=end), "begins_at"
    )


def next_appointments(standing: Standing, *, limit: int = 5) -> list[Appointment]:
    """The next ones in which one takes part oneself. One query."""
    mine = Q(subject_id=standing.person_id) | Q(case_id__in=standing.participates_in, subject_id=None)
    coming = Q(ends_at__gt=now()) & NOT_CANCELLED
    return _rows(standing, Appointment, mine & coming, "begins_at", limit=limit)


def intakes_in(standing: Standing, case_ids: Collection[UUID], today: Collection[UUID]) -> list[IntakeForm]:
    """Those of ``case_ids`` that hold something nobody has read, and all of the cases of ``today``. One query."""
    wanted = (Q(case_id__in=case_ids) & UNREAD) | Q(case_id__in=today)
    return _rows(standing, IntakeForm, wanted, "-filled_at")


def reports_in(standing: Standing, case_ids: Collection[UUID]) -> list[ChildIntake]:
    """What guardians reported of children in these cases, that nobody has read. One query."""
    return _rows(standing, ChildIntake, Q(case_id__in=case_ids) & UNREAD, "-filled_at")


def sent_since(standing: Standing, case_ids: Collection[UUID], moment: datetime) -> list[OwnAdministration]:
    """Measures that came in since then. One query."""
    wanted = Q(case_id__in=case_ids, finished_at__gte=moment)
    return _rows(standing, OwnAdministration, wanted, "-finished_at")


def notes_to_sign(standing: Standing) -> list[SessionNote]:
    """One's own drafts. One query."""
    wanted = Q(author_id=standing.person_id, signed_at=None, case_id__in=standing.professional_cases)
    return _rows(standing, SessionNote, wanted, "-created_at", limit=20)


def requests_of_today(standing: Standing) -> tuple[list[Request], list[Request]]:
    """What somebody asked of one, or of intake, that waits for an answer; and one's own first calls of today. One query."""
    begin, end = day_of(now())
    kept = Q(kind=Request.Kind.FIRST_CALL, status__in=(Status.SENT, Status.ANSWERED, Status.ACCEPTED))
    mine = Q(to_id=standing.person_id, call_at__gte=begin, call_at__lt=end)
    rows = _rows(
        standing,
        Request,
        (Q(status=Status.SENT) | (kept & mine)) & ~Q(author_id=standing.person_id),
        "sent_at",
    )
    calls = [
        row for row in rows
        if row.call_at and begin <= row.call_at < end and row.to_id == standing.person_id
    ]  # fmt: skip
    waiting = [row for row in rows if row.status == Status.SENT]
    return waiting[:20], sorted(calls, key=_by_time)


def _by_time(call: Request) -> datetime:
    assert call.call_at is not None
    return call.call_at


def licences_ending(person_id: UUID) -> list[Licence]:
    """One's own licences that end soon, or have ended. One query."""
    ending = Licence.objects.filter(
        therapist__person_id=person_id, expires_on__lte=timezone.localdate(now() + SOON)
    )
    return list(ending.order_by("expires_on", "pk"))


def day_of(moment: datetime) -> tuple[datetime, datetime]:
    """The first and the last moment of the day, by the clock of whoever looks; it may have 23 hours, or 25."""
    zone = timezone.get_current_timezone()
    day = timezone.localdate(moment)
    begin = datetime(day.year, day.month, day.day, tzinfo=zone)
    after = day + timedelta(days=1)
    return begin, datetime(after.year, after.month, after.day, tzinfo=zone)


def note_the_day(actor: Actor, count: int) -> None:
    """One event in the audit: somebody looked at their day."""
    record_apart(actor=actor, verb=Verb.LIST, material="today", count=count)


def _rows(standing: Standing, model: type[Row], where: Q, order: str, *, limit: int = MOST) -> list[Row]:
    with person_set(Actor("person", person_id=standing.person_id)):
        return list(visible(standing, model).filter(where).order_by(order, "pk")[:limit])
