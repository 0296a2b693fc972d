"""A therapist's own calendar elsewhere: give its address, take it back, and read it."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.jobs import enqueue
from homeport.people.errors import Unfit
from homeport.people.models import Therapist
from homeport.scheduling.calendar.fetching import Limits, checked_address, fetch_calendar
from homeport.scheduling.calendar.reading import busy_times
from homeport.scheduling.changed import times_changed
from homeport.scheduling.models import BusyFeed, BusyTime

READ = "scheduling.read_busy_feed"
MOST = 5
BEHIND, AHEAD = timedelta(days=1), timedelta(days=400)
LONGEST_REASON = 200


@transaction.atomic
def add_busy_feed(*, actor: Actor, therapist: Therapist, name: str, address: str) -> BusyFeed:
    """Keep the address, sealed, and ask for a job that reads it. Raises ``Unfit`` for one that we would not go to."""
    try:
        checked = checked_address(address)
    except HomeportError as error:
        raise Unfit("address", str(error)) from None
    if therapist.busy_feeds.count() >= MOST:
        raise Unfit("address", _("You can give up to %(most)d calendars.") % {"most": MOST})
    feed = BusyFeed(therapist=therapist, name=name.strip(), address=checked)
    feed.save(force_insert=True)
    record(
        actor=actor, verb=Verb.CREATE, material="busy_feed", row_id=feed.pk, subject_id=therapist.person_id
    )
    enqueue(READ, key=f"{READ}:{feed.pk}", feed_id=str(feed.pk))
    return feed


@transaction.atomic
def drop_busy_feed(*, actor: Actor, feed: BusyFeed) -> None:
    """Forget the address, and every time that was read there."""
    record(
        actor=actor, verb=Verb.WITHDRAW, material="busy_feed", row_id=feed.pk, subject_id=feed.therapist.person_id
    )  # fmt: skip
    feed.delete()
    times_changed([feed.therapist_id])


def read_busy_feed(*, feed_id: UUID) -> None:
    """Fetch the calendar and keep its busy times; what went wrong is written beside it, and the times of before stay."""
    feed = BusyFeed.objects.select_related("therapist__person").filter(pk=feed_id).first()
    if feed is None:
        return
    moment = now()
    try:
        found = fetch_calendar(feed.address, etag=feed.etag, limits=Limits(inside=settings.CALENDARS_INSIDE))
        times = None
        if found.data is not None:
            times = busy_times(
                found.data, from_at=moment - BEHIND, until_at=moment + AHEAD, zone=feed.therapist.person.zone
            )
    except HomeportError as error:
        reason = str(error)[:LONGEST_REASON]
        BusyFeed.objects.filter(pk=feed.pk).update(
            error=reason, failures=min(feed.failures + 1, 1_000), etag="", read_at=moment
        )
        return
    with transaction.atomic():
        if not BusyFeed.objects.select_for_update().filter(pk=feed.pk).exists():
            return
        if times is not None:
            BusyTime.objects.filter(feed=feed).delete()
            BusyTime.objects.bulk_create(
                BusyTime(feed=feed, therapist=feed.therapist, begins_at=one.starts, ends_at=one.ends)
                for one in times
            )
            times_changed([feed.therapist_id])
        # What does not change at the other end is laid out anew once a day all the same: a series goes on.
        etag = found.etag if times is not None else feed.etag
        BusyFeed.objects.filter(pk=feed.pk).update(error="", failures=0, etag=etag, read_at=moment)
