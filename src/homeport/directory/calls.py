"""First calls in calendars: a neutral title, nobody's name, and one UID for good."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from homeport.access.rows import visible
from homeport.access.standing import standing_of
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.directory.models import Request
from homeport.outbox.wishes import sender_for
from homeport.people.models import Person
from homeport.scheduling.calendar.events import Event, Post, uid_of
from homeport.scheduling.calendar.writing import cancellation, invitation
from homeport.scheduling.models import Occupancy

BEHIND, AHEAD, MOST = timedelta(days=30), timedelta(days=400), 500
Status = Request.Status


def entries_of(*, actor: Actor, person: Person) -> Iterable[Event]:
    """The first calls that this person gives: said yes to, or asked for at a time that is kept until they answer."""
    moment = now()
    kept = Occupancy.objects.filter(what=Occupancy.What.FIRST_CALL, lapses_at=None).values("source_id")
    waits = Q(status__in=(Status.SENT, Status.ANSWERED), pk__in=kept)
    near = Q(call_at__gt=moment - BEHIND, call_at__lt=moment + AHEAD)
    asked = visible(standing_of(actor), Request).filter(
        near, Q(status=Status.ACCEPTED) | waits, kind=Request.Kind.FIRST_CALL, to_id=person.pk
    )
    return [event_of(each, person.zone) for each in asked.order_by("call_at", "pk")[:MOST]]


def event_of(asked: Request, zone: str) -> Event:
    """One first call as calendars show it, on the clock of ``zone``. Raises ``ValueError`` for what has no time."""
    if asked.call_at is None:
        raise ValueError(f"{asked} has no time.")
    return Event(
        uid=uid_of(asked.pk),
        title=_("Call"),
        starts=asked.call_at,
        ends=asked.call_at + timedelta(minutes=asked.call_minutes),
        zone=zone,
        written_at=asked.changed_at,
        sequence=asked.version,
        address=settings.ADDRESS,
        is_pending=asked.status != Status.ACCEPTED,
    )


def file_for_author(asked: Request, address: str) -> bytes:
    """What puts the call into the calendar of whoever asked for it, or takes it out again once it is called off."""
    post = Post(settings.DEFAULT_FROM_EMAIL, address, sender_for(None))
    write_file = invitation if asked.status == Status.ACCEPTED else cancellation
    return write_file([event_of(asked, asked.zone)], post)
