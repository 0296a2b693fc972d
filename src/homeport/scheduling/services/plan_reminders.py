"""Write the reminders of a meeting, in the transaction that made, moved or cancelled it."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from homeport.core.clock import now
from homeport.outbox.models import Channel
from homeport.outbox.services.put_message import put_message
from homeport.outbox.services.withdraw_messages import withdraw_messages
from homeport.outbox.wishes import mail_address, text_number
from homeport.people.models import Person
from homeport.scheduling.letters import News, write
from homeport.scheduling.models import Appointment, ReminderTimes
from homeport.scheduling.readers import readers_of
from homeport.scheduling.reminders import BY_ITSELF, due


@transaction.atomic
def plan_reminders(*, appointment: Appointment, only: Person | None = None) -> None:
    """Take back the reminders that were written for this meeting, and write those that are right now.

    Each who comes gets their own, at the times they chose, in their zone and language. Nobody is reminded of a meeting
    that waits for everybody's yes, was cancelled, or that they cannot come to; nor whoever allows neither mail nor texts.
    ``only``: of this one person alone, who chose anew. To be called in the transaction that changed the meeting.
    """
    withdraw_messages(key_prefix=_key(appointment, only.pk if only else None))
    if appointment.status != Appointment.Status.BOOKED or appointment.begins_at <= now():
        return
    readers = [each for each in readers_of(appointment) if only is None or each.pk == only.pk]
    chosen = times_of(readers)
    for reader in readers:
        if mail_address(reader) or text_number(reader):
            _remind(appointment, reader, chosen[reader.pk])


def times_of(people: Iterable[Person]) -> dict[UUID, ReminderTimes]:
    """The reminders that each of these people chose, or the practice's where somebody chose none. One query."""
    ids = [person.pk for person in people]
    rows = ReminderTimes.objects.filter(Q(person_id__in=ids) | Q(person=None))
    found = {row.person_id: row for row in rows}
    usual = found.get(None) or ReminderTimes(minutes=list(BY_ITSELF))
    return {id_: found.get(id_, usual) for id_ in ids}


def _remind(appointment: Appointment, reader: Person, chosen: ReminderTimes) -> None:
    words = write(appointment, reader, News.REMINDER)
    for each in due(appointment.begins_at, chosen.minutes, reader.zone, now()):
        put_message(
            kind="meeting-reminder",
            to=reader,
            subject=words.subject,
            body=words.body,
            short=words.short,
            # A meeting that was moved is another one to be reminded of.
            key=f"{_key(appointment, reader.pk)}{each.minutes}:{appointment.begins_at:%Y%m%dT%H%M}",
            run_at=each.moment,
            until_at=appointment.begins_at,
            wanted=Channel.TEXT if chosen.by_text else None,
        )


def _key(appointment: Appointment, person_id: UUID | None) -> str:
    return f"meeting:{appointment.pk}:reminder:" + (f"{person_id}:" if person_id else "")
