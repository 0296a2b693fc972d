"""Tell those who come what happened to a meeting, and write their reminders: everything that leaves the house about it."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.outbox.services.put_message import put_message
from homeport.outbox.services.withdraw_messages import withdraw_messages
from homeport.people.models import Person
from homeport.scheduling.letters import News, calendar_file, write
from homeport.scheduling.models import Appointment
from homeport.scheduling.readers import readers_of
from homeport.scheduling.services.plan_reminders import plan_reminders


@transaction.atomic
def tell_people(
    *, actor: Actor, appointment: Appointment, news: News, following: Sequence[Appointment] = ()
) -> None:
    """One letter to each who comes, with an entry for their calendar, and one to the therapists unless they did it.

    To be called in the transaction that changed the meeting, after the change is saved. ``following``: the other meetings
    of a series to which the same happened, told in the same letter. What was not sent yet of earlier news is taken back.
    Each letter names its reader alone: nobody learns from it who else comes.
    """
    for each in (appointment, *following):
        withdraw_messages(key_prefix=f"meeting:{each.pk}:news:")
        plan_reminders(appointment=each)
    readers = readers_of(appointment, asked=news is News.ASKED)
    for reader in readers:
        tell_one(appointment, reader, news, following)
    for reader in _therapists(appointment, actor, news):
        tell_one(appointment, reader, news, following, comes=False)


def _therapists(appointment: Appointment, actor: Actor, news: News) -> Iterable[Person]:
    """Whose week it is: told of what others did with it, once it is settled."""
    if news is News.ASKED:
        return []
    beside = appointment.co_therapists.values_list("therapist_id", flat=True)
    found = Person.objects.filter(therapist__in=[appointment.therapist_id, *beside])
    return [each for each in found.select_related("user").order_by("pk") if each.pk != actor.person_id]


def tell_one(
    appointment: Appointment,
    reader: Person,
    news: News,
    following: Sequence[Appointment] = (),
    *,
    comes: bool = True,
    mark: str = "",
) -> None:
    """The letter to one reader, in the transaction of whoever calls. ``mark``: what makes it news to them alone."""
    words = write(appointment, reader, news, comes=comes, following=following)
    put_message(
        kind="meeting-news",
        to=reader,
        subject=words.subject,
        body=words.body,
        short=words.short,
        key=f"meeting:{appointment.pk}:news:{appointment.changes}:{news}:{reader.pk}"
        + (f":{mark}" if mark else ""),
        until_at=appointment.ends_at,
        calendar=calendar_file(appointment, reader, news, now(), following),
    )
