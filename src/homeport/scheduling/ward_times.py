"""A child's times together with others, for whoever stands for the child by law and takes no part in the case.

They read when and where their child is to be, and with which therapist: not who else comes, what kind of meeting it is, nor
any time to which the child does not come. Where the law or a therapist's narrowing hides appointments, nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from homeport.access.gate import Hidden
from homeport.access.standing import Standing
from homeport.access.wall import person_set
from homeport.audit.services.record import record_apart
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.people.models import Person
from homeport.scheduling.eyes import eyes_of, leads_of
from homeport.scheduling.models import Appointment, AppointmentPerson, Place
from homeport.scheduling.presenters import other_clock

MOST = 100
Consent, Status = AppointmentPerson.Consent, Appointment.Status


@dataclass(frozen=True, slots=True)
class WardTime:
    """One of them. ``is_asked``: nobody has said yet whether the time suits the child."""

    row: Appointment
    child: Person
    begins_at: datetime
    ends_at: datetime
    elsewhere: str
    way: str
    therapist: str
    place: Place | None
    is_asked: bool
    is_proposed: bool
    is_series: bool
    consent_until: datetime | None

    @property
    def id(self) -> UUID:
        """Of the appointment, for addresses."""
        return self.row.pk


def ward_times(actor: Actor, standing: Standing, *, only: UUID | None = None) -> list[WardTime]:
    """What is to come, in its order; ``only``: of this one appointment. The reading is in the audit, for each child.

    No query for who stands for nobody; otherwise four for each child.
    """
    apart = sorted(
        pair for pair in standing.guards_with_appointments if pair[0] not in standing.participates_in
    )
    leads = leads_of([case_id for case_id, _child in apart]) if apart else {}
    found = []
    for case_id, child_id in apart:
        if case_id not in leads:
            continue
        with person_set(eyes_of(leads[case_id], "guardian")):
            theirs = _of(case_id, child_id, only)
        if theirs:
            record_apart(
                actor=actor, verb=Verb.READ if only else Verb.LIST, material=Appointment.material, row_id=only,
                case_id=case_id, subject_id=child_id, count=len(theirs),
            )  # fmt: skip
        found += theirs
    return sorted(found, key=lambda one: (one.begins_at, str(one.id), str(one.child.pk)))


def ward_time(actor: Actor, standing: Standing, appointment_id: UUID) -> list[WardTime]:
    """This one, once for each child of theirs who comes. Raises ``Hidden`` where none does."""
    found = ward_times(actor, standing, only=appointment_id)
    if not found:
        raise Hidden
    return found


def _of(case_id: UUID, child_id: UUID, only: UUID | None) -> list[WardTime]:
    comes = AppointmentPerson.objects.filter(person_id=child_id, appointment__case_id=case_id)
    comes = comes.filter(appointment__subject_id=None, appointment__ends_at__gt=now())
    comes = comes.exclude(consent=Consent.NO).exclude(appointment__status=Status.CANCELLED)
    if only is not None:
        comes = comes.filter(appointment_id=only)
    rows = comes.select_related("person", "appointment__therapist__person", "appointment__place")
    return [_shown(each) for each in rows.order_by("appointment__begins_at", "pk")[:MOST]]


def _shown(comes: AppointmentPerson) -> WardTime:
    row = comes.appointment
    waits = row.status == Status.PROPOSED
    return WardTime(
        row=row,
        child=comes.person,
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        elsewhere=other_clock(row.begins_at, row.zone),
        way=row.get_way_display(),
        therapist=row.therapist.person.shown_name,
        place=row.place,
        is_asked=waits and comes.consent == Consent.ASKED and row.begins_at > now(),
        is_proposed=waits,
        is_series=row.series_id is not None,
        consent_until=row.consent_until,
    )
