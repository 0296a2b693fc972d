"""When people on a list can be met next. A free time is the same for everybody who asks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from homeport.core.clock import now
from homeport.directory.models import Profile
from homeport.people.errors import Unfit
from homeport.people.offers import Format, Together
from homeport.scheduling.models import Offering
from homeport.scheduling.selectors import FreeTime, free_times
from homeport.scheduling.wall_clock import zone_named

LOOKED_AHEAD = timedelta(weeks=4)
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
    profiles: Sequence[Profile], *, wanted: Together | None = None, way: Format | None = None, count: int = 1
) -> dict[UUID, list[FreeTime]]:
    """By therapist: the next times within four weeks in the wanted format; of a first call, where none is wanted.

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


def in_words(moment: datetime, zone: str) -> str:
    """A moment on the clock of ``zone``: Tue 24 Nov, 14:30."""
    there = timezone.localtime(moment, clock_of(zone))
    return f"{formats.date_format(there, 'D j M')}, {formats.time_format(there, 'H:i')}"


def next_in_words(times: Sequence[FreeTime], wanted: Together | None, zone: str) -> str:
    """The first of these times, as a list says it; nothing where there is none."""
    if not times:
        return ""
    when = in_words(times[0].begins_at, zone)
    return _("Next free: %s") % when if wanted else _("A first call: %s") % when


def clock_of(zone: str) -> ZoneInfo:
    """The zone of this name; universal time for a name that is none."""
    try:
        return zone_named(zone)
    except Unfit:
        return ZoneInfo("UTC")
