"""When people on a list can be met next. A free time is the same for everybody who asks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from homeport.core.clock import now
from homeport.directory.free_weeks import LOOKED_AHEAD, lies_in
from homeport.directory.models import FreeLook, Profile
from homeport.directory.wishes import Wishes
from homeport.people.errors import Unfit
from homeport.people.offers import Format, Together
from homeport.scheduling.models import Offering
from homeport.scheduling.selectors import FreeTime, free_times
from homeport.scheduling.wall_clock import zone_named

# The copy that searches read is made anew every ten minutes, and whenever something changes.
LATE = timedelta(minutes=25)
FIRST = str(Offering.Kind.FIRST_CALL)
KINDS = {
    Together.INDIVIDUAL: Offering.Kind.INDIVIDUAL,
    Together.COUPLE: Offering.Kind.COUPLE,
    Together.FAMILY: Offering.Kind.FAMILY,
    Together.PARENT_CHILD: Offering.Kind.PARENT_CHILD,
    Together.TEEN: Offering.Kind.INDIVIDUAL,
    Together.GROUP: Offering.Kind.GROUP,
}


def soonest(
    profiles: Sequence[Profile],
    *,
    wanted: Together | None = None,
    way: Format | None = None,
    count: int | None = 1,
) -> dict[UUID, list[FreeTime]]:
    """By therapist: the next times within four weeks in the wanted format; of a first call, where none is wanted.

    ``count``: so many of each; None for all.

    As many queries for fifty as for one.
    """
    if not profiles:
        return {}
    kind = str(KINDS[wanted]) if wanted else FIRST
    moment = now()
    return free_times(
        [profile.therapist_id for profile in profiles],
        offering_kind=kind,
        way=str(way) if way and wanted else None,
        from_at=moment,
        until_at=moment + LOOKED_AHEAD,
        limit=count,
    )


def first_in(times: frozenset[str], free: Sequence[FreeTime], zone: ZoneInfo) -> FreeTime | None:
    """The first of these that begins in one of these parts of the week, on the clock of ``zone``."""
    return next((one for one in free if lies_in(times, one.begins_at, zone)), None)


def in_words(moment: datetime, zone: str) -> str:
    """A moment on the clock of ``zone``: Tue 24 Nov, 14:30."""
    there = timezone.localtime(moment, clock_of(zone))
    return f"{formats.date_format(there, 'D j M')}, {formats.time_format(there, 'H:i')}"


def next_in_words(times: Sequence[FreeTime], wishes: Wishes) -> str:
    """The first of these times, as a list says it; of those wished for, where times were. Nothing where there is none."""
    first = times[0] if times else None
    if wishes.times:
        first = first_in(wishes.times, times, clock_of(wishes.zone))
        if first is None:  # whoever was found by the copy, and is not free then any more
            return _("Just now no free time when you are")
    if first is None:
        return ""
    when = in_words(first.begins_at, wishes.zone)
    return _("Next free: %s") % when if wishes.format else _("A first call: %s") % when


def looked_late(wishes: Wishes) -> str:
    """When free times were last looked up, on the clock of whoever asks; empty where that is as lately as it should be.

    Only where times were wished for: nothing else reads the copy. One query then.
    """
    if not wishes.times:
        return ""
    done_at = FreeLook.objects.values_list("done_at", flat=True).first()
    if done_at is None or done_at > now() - LATE:
        return ""
    return in_words(done_at, wishes.zone)


def clock_of(zone: str) -> ZoneInfo:
    """The zone of this name; universal time for a name that is none."""
    try:
        return zone_named(zone)
    except Unfit:
        return ZoneInfo("UTC")
