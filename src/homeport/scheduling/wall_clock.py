"""From the clock on the wall to the moment, and what is done where a clock is put forward or back.

Moments are kept in UTC, what recurs by the wall clock of a zone. Where a clock is put forward, some times of day are not
there (a gap); where it is put back, some are there twice (a fold). What recurs goes on all the same: a time in a gap
becomes as much later as the clock was put forward (02:30 is 03:30 that day), of a time in a fold the first is meant.
RFC 5545, 3.3.5, reads them alike. A person who types such a time is asked instead (:func:`asked_moment`).

Minutes here are whole minutes since the beginning of 1970 in UTC: arithmetic on 10,000 of them costs less than one object.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from homeport.core.errors import HomeportError
from homeport.people.errors import Unfit

DAY = 24 * 60
EPOCH_DAY = date(1970, 1, 1).toordinal()
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class NoSuchTime(HomeportError):
    """The clocks are put forward over that time. ``later`` is the moment that what recurs would take."""

    def __init__(self, wall: str, later: datetime, zone: str) -> None:
        super().__init__(
            _("There is no %(time)s that day: the clocks go forward. The time after it is %(later)s.")
            % {"time": wall, "later": later.astimezone(zone_named(zone)).strftime("%H:%M")}
        )
        self.later = later


class HappensTwice(HomeportError):
    """The clocks are put back over that time: ``both`` are the two moments that it names."""

    def __init__(self, wall: str, both: tuple[datetime, datetime]) -> None:
        super().__init__(
            _("There are two times %(time)s that day: the clocks go back. Say which one you mean.")
            % {"time": wall}
        )
        self.both = both


@lru_cache(maxsize=600)
def zone_named(name: str) -> ZoneInfo:
    """The zone. Raises ``Unfit`` for a name that is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Unfit("zone", _("There is no time zone of that name.")) from None


def moment_of(day: date, minute: int, zone: str) -> datetime:
    """The moment of a minute of the day (0 to 1440) on the wall of ``zone``, for what recurs: never an error."""
    return moment(minutes_of(zone, day.toordinal(), minute))


def asked_moment(day: date, clock: time, zone: str, *, second: bool | None = None) -> datetime:
    """The moment that a person named. ``second``: which of the two they mean, where there are two.

    Raises ``NoSuchTime`` in a gap, ``HappensTwice`` in a fold as long as nobody said which.
    """
    here = zone_named(zone)
    wall = datetime.combine(day, clock.replace(tzinfo=None))
    first = wall.replace(tzinfo=here).astimezone(UTC)
    other = wall.replace(tzinfo=here, fold=1).astimezone(UTC)
    if first.astimezone(here).replace(tzinfo=None) != wall:
        raise NoSuchTime(clock.strftime("%H:%M"), first, zone)
    if first == other:
        return first
    if second is None:
        raise HappensTwice(clock.strftime("%H:%M"), (first, other))
    return other if second else first


def minutes_of(zone: str, ordinal: int, minute: int) -> int:
    """The same as :func:`moment_of`, in minutes, for a day by its ordinal. Almost always one look into a table."""
    offset = _offset_all_day(zone, ordinal)
    if offset is not None and minute < DAY:
        return (ordinal - EPOCH_DAY) * DAY + minute - offset
    days, minute = divmod(minute, DAY)
    wall = datetime.combine(date.fromordinal(ordinal + days), time(*divmod(minute, 60)))
    return minutes(wall.replace(tzinfo=zone_named(zone)))


def minutes_of_many(zone: str, ordinals: NDArray[np.int64], minute: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same as :func:`minutes_of` for many days of one zone, in step. Each day is looked up once."""
    # The end of a day is the beginning of the next, which tells its own offset.
    ordinals, minute = ordinals + minute // DAY, minute % DAY
    days, which = np.unique(ordinals, return_inverse=True)
    offsets = [_offset_all_day(zone, day) for day in days.tolist()]
    found: NDArray[np.int64] = (ordinals - EPOCH_DAY) * DAY + minute
    found -= np.array([offset or 0 for offset in offsets], np.int64)[which]
    for row in np.flatnonzero(np.array([offset is None for offset in offsets], np.bool_)[which]).tolist():
        found[row] = minutes_of(zone, int(ordinals[row]), int(minute[row]))
    return found


def minutes(at: datetime) -> int:
    """Whole minutes of a moment since the beginning of 1970."""
    return int((at - EPOCH) // MINUTE)


def moment(since: int) -> datetime:
    """The moment of so many minutes since the beginning of 1970."""
    return datetime.fromtimestamp(since * 60, UTC)


@lru_cache(maxsize=20_000)
def _offset_all_day(zone: str, ordinal: int) -> int | None:
    """How far the zone is ahead of UTC, in minutes, where it is so all that day and the clock is not touched; else None."""
    here, midnight = zone_named(zone), datetime.combine(date.fromordinal(ordinal), time())
    # Far enough beyond both ends that a gap or fold at midnight is seen; nothing changes twice within so little.
    seen = {
        (midnight + timedelta(hours=hour)).replace(tzinfo=here, fold=fold).utcoffset()
        for hour in (-3, 0, 3, 6, 9, 12, 15, 18, 21, 24, 27)
        for fold in (0, 1)
    }
    offset = seen.pop()
    if seen or offset is None or offset % MINUTE:
        return None
    return int(offset // MINUTE)
