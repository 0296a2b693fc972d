"""Reading therapists' own calendars again and again."""

from datetime import timedelta
from uuid import UUID

from django.db.models import F

from homeport.core.jobs import enqueue, job
from homeport.scheduling.models import BusyFeed
from homeport.scheduling.services.keep_busy_feed import READ, read_busy_feed

# A calendar that cannot be read is tried as often as any other at first, then once a day.
PATIENCE = 20


@job(READ, lease=timedelta(minutes=2), attempts=2)
def read(feed_id: str) -> None:
    """Read one of them."""
    read_busy_feed(feed_id=UUID(feed_id))


@job("scheduling.read_busy_feeds", every=timedelta(minutes=30))
def read_all() -> None:
    """Ask for every one that still answers; each is a job of its own, so that a slow one holds up nobody."""
    for feed_id in (
        BusyFeed.objects.filter(failures__lt=PATIENCE)
        .order_by(F("read_at").asc(nulls_first=True))
        .values_list("pk", flat=True)
    ):
        enqueue(READ, key=f"{READ}:{feed_id}", feed_id=str(feed_id))


@job("scheduling.forget_busy_marks", every=timedelta(hours=24))
def read_anew() -> None:
    """Once a day read each as if for the first time: what repeats goes on, and what failed gets another try."""
    BusyFeed.objects.update(etag="", failures=0)
