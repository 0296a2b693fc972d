"""Weeks of quarters of an hour as whole numbers, and which of them somebody's wishes mean. No database.

Bit 0 of a week is the first quarter of its Monday in UTC. Every zone of today lies a whole number of quarters from UTC, so
that a part of somebody's day is a run of bits, also in the weeks in which a clock is put forward or back.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from homeport.directory.week import DAYS, HOURS

QUARTER = 15 * 60
A_WEEK = 7 * 96
HALF_DAY = 48
LOOKED_AHEAD = timedelta(weeks=4)
# 1 January 1970 was a Thursday.
_FROM_MONDAY = 3 * 96


def quarter_of(moment: datetime) -> tuple[int, int]:
    """The week of a moment, and the quarter within it."""
    return divmod(int(moment.timestamp()) // QUARTER + _FROM_MONDAY, A_WEEK)


def as_weeks(moments: Iterable[datetime]) -> dict[int, int]:
    """By week: the quarters in which these moments lie."""
    found: dict[int, int] = {}
    for week, quarter in map(quarter_of, moments):
        found[week] = found.get(week, 0) | 1 << quarter
    return found


def halves(week: int) -> tuple[int, ...]:
    """A week as its fourteen half days."""
    return tuple(week >> (HALF_DAY * number) & ((1 << HALF_DAY) - 1) for number in range(A_WEEK // HALF_DAY))


def wanted(times: frozenset[str], *, zone: str, at: datetime) -> dict[int, int]:
    """By week: the quarters of the coming weeks that lie in these parts of the week on the clock of ``zone``.

    Quarters that are over at ``at`` are left out, and weeks of which nothing is wanted.
    """
    found = dict(_wanted(times, zone, at.astimezone(ZoneInfo(zone)).date()))
    this, quarter = quarter_of(at)
    found = {week: bits for week, bits in found.items() if week >= this}
    if this in found:
        found[this] = (found[this] >> quarter) << quarter
    return {week: bits for week, bits in found.items() if bits}


@lru_cache(maxsize=512)
def _wanted(times: frozenset[str], zone: str, first: date) -> tuple[tuple[int, int], ...]:
    found: dict[int, int] = {}
    for begins, ends in _stretches(times, ZoneInfo(zone), first):
        (week, one), (last, other) = quarter_of(begins), quarter_of(ends)
        while week < last:
            found[week] = found.get(week, 0) | ((1 << A_WEEK) - (1 << one))
            week, one = week + 1, 0
        found[week] = found.get(week, 0) | ((1 << other) - (1 << one))
    return tuple(sorted(found.items()))


def _stretches(times: frozenset[str], zone: ZoneInfo, first: date) -> Iterator[tuple[datetime, datetime]]:
    """Each wanted part of each day from ``first`` on, in UTC."""
    for ahead in range(LOOKED_AHEAD.days + 1):
        day = first + timedelta(days=ahead)
        for part, (begins, ends) in HOURS.items():
            if f"{DAYS[day.weekday()]}-{part}" in times:
                midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
                yield (
                    midnight.replace(hour=begins).astimezone(UTC),
                    midnight.replace(hour=ends).astimezone(UTC),
                )


def lies_in(times: frozenset[str], moment: datetime, zone: ZoneInfo) -> bool:
    """Whether a meeting that begins then begins in one of these parts of the week, on the clock of ``zone``."""
    there = moment.astimezone(zone)
    return any(
        begins <= there.hour < ends and f"{DAYS[there.weekday()]}-{part}" in times
        for part, (begins, ends) in HOURS.items()
    )
