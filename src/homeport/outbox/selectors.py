"""What the pages and commands of this room read."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q

from homeport.core.clock import now
from homeport.core.sealed.box import warm
from homeport.outbox.models import OutgoingMessage, begins_with
from homeport.outbox.wishes import INVITATION

LATE = timedelta(minutes=10)
MOST = 200
# Somebody who is known here, or whom staff invited; not whoever typed an address into a page for everybody.
_OURS = Q(to__isnull=False) | Q(kind=INVITATION)


@dataclass(frozen=True, slots=True)
class Post:
    """How much waits, how much of it is late, how much did not arrive."""

    waiting: int
    late: int
    not_reached: int


def not_reached() -> list[OutgoingMessage]:
    """Messages that did not arrive and that nobody has dealt with, the latest first. Two queries at most."""
    state = OutgoingMessage.NOT_REACHED
    found = OutgoingMessage.objects.filter(_OURS, state__in=state, seen_at=None).select_related("to")
    rows = list(found.order_by("-ended_at", "pk")[:MOST])
    warm(value for row in rows for value in row.__dict__.values())
    return rows


def came_back(key_prefix: str) -> bool:
    """Whether something under a key that begins like this did not arrive: for the page of whoever wrote it. One query."""
    state = OutgoingMessage.NOT_REACHED
    return OutgoingMessage.objects.filter(begins_with(key_prefix), state__in=state, seen_at=None).exists()


def how_the_post_stands() -> Post:
    """Three numbers, in one query."""
    live = Q(state__in=OutgoingMessage.LIVE)
    found = OutgoingMessage.objects.aggregate(
        waiting=Count("pk", live),
        late=Count("pk", live & Q(run_at__lt=now() - LATE)),
        not_reached=Count("pk", _OURS & Q(state__in=OutgoingMessage.NOT_REACHED, seen_at=None)),
    )
    return Post(**found)
