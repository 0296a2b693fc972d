"""Somebody comes to a joint meeting no more; it takes place without them."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from homeport.access.gate import Hidden
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.outbox.services.withdraw_messages import withdraw_messages
from homeport.people.models import Person
from homeport.scheduling.letters import News
from homeport.scheduling.models import Appointment, AppointmentPerson, Offering
from homeport.scheduling.readers import readers_of
from homeport.scheduling.services.consent_to_time import settle
from homeport.scheduling.services.count_change import count_change
from homeport.scheduling.services.occupy import release
from homeport.scheduling.services.tell_people import tell_one, tell_people

Consent = AppointmentPerson.Consent


def leave_meetings(*, actor: Actor, rows: Sequence[Appointment], person_id: UUID) -> None:
    """Take them out of these meetings, in the transaction of whoever calls, who has looked whether that may be.

    They hear of it, in one letter for each series; nobody else does. In a group their place is free. Where only their yes
    to the time was still missing, it is booked.
    """
    by_series: dict[UUID, list[Appointment]] = defaultdict(list)
    for row in rows:
        by_series[row.series_id or row.pk].append(row)
    for together in by_series.values():
        _count_unless_group(together[0])
        _leave(actor, together, person_id)


def stay_away(*, actor: Actor, appointment: Appointment, late: bool) -> None:
    """A member of a group does not come this time. Raises ``Hidden`` for whoever was not to come."""
    me = actor.person_id
    mine = appointment.people.filter(person_id=me).exclude(consent=Consent.NO).first() if me else None
    if mine is None:
        raise Hidden
    readers = readers_of(appointment, only=mine.person_id)
    release(source_id=mine.pk)
    mine.consent, mine.answered_at, mine.was_late = Consent.NO, now(), late
    mine.save(update_fields=["consent", "answered_at", "was_late"])
    record(
        actor=actor, verb=Verb.WITHDRAW, material=appointment.material, row_id=appointment.pk,
        case_id=appointment.case_id, subject_id=mine.person_id,
    )  # fmt: skip
    _part(readers, [appointment], f"away:{mine.pk}")


def _count_unless_group(row: Appointment) -> None:
    """The number stands in the calendar of everybody who comes, and would tell members of a group of each other.

    Without it the later letter holds by the time at which it was written (RFC 5546, 2.1.5).
    """
    if row.kind != Offering.Kind.GROUP:
        count_change(row.series_id)


def _part(readers: Sequence[Person], rows: Sequence[Appointment], mark: str) -> None:
    first, *following = rows
    for reader in readers:
        for row in rows:
            withdraw_messages(key_prefix=f"meeting:{row.pk}:reminder:{reader.pk}:")
        # They may come back: then this is another letter.
        tell_one(first, reader, News.CANCELLED, following, comes=False, mark=mark)


def _leave(actor: Actor, rows: Sequence[Appointment], person_id: UUID) -> None:
    first, *following = sorted(rows, key=lambda row: (row.begins_at, row.pk))
    mine = AppointmentPerson.objects.get(appointment=first, person_id=person_id)
    readers = readers_of(first, only=person_id)
    for row in rows:
        gone = AppointmentPerson.objects.get(appointment=row, person_id=person_id)
        release(source_id=gone.pk)
        gone.delete()
        record(
            actor=actor, verb=Verb.WITHDRAW, material=row.material, row_id=row.pk, case_id=row.case_id,
            subject_id=person_id,
        )  # fmt: skip
        if settle(row):
            tell_people(actor=actor, appointment=row, news=News.BOOKED)
    _part(readers, [first, *following], f"left:{mine.pk}")
