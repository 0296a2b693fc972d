"""A time zone written out for calendars that do not know it by name (VTIMEZONE, RFC 5545, 3.6.5).

Not left to the library: what it writes begins summer time an hour late, since the onset must be said in the time before it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vDDDLists, vRecur

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# As far ahead as a change is looked for; what follows one rule all that time is taken to go on by it.
YEARS_AHEAD = 15


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the clock: the moment, and the time of the clock before and after it."""

    at: datetime
    before: timedelta
    after: timedelta
    is_summer: bool
    name: str

    @property
    def wall(self) -> datetime:
        """What the clock says at that moment, before it is put forward or back."""
        return (self.at + self.before).replace(tzinfo=None)


@lru_cache(maxsize=64)
def changes_between(zone: str, first_year: int, last_year: int) -> tuple[Change, ...]:
    """Every change of the clock from the beginning of one year to the end of another, in their order."""
    here = ZoneInfo(zone)
    start, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    weeks = [start + timedelta(days=7 * number) for number in range((end - start).days // 7 + 1)] + [end]
    return tuple(
        _change_at(here, *_narrow(here, one, other))
        for one, other in pairwise(weeks)
        if _offset(here, one) != _offset(here, other)
    )


def timezone_of(zone: str, first_year: int) -> Timezone:
    """The zone as a calendar component that holds from the beginning of ``first_year`` on."""
    component = Timezone()
    component.add("tzid", zone)
    start = datetime(first_year, 1, 1, tzinfo=UTC)
    here = start.astimezone(ZoneInfo(zone))
    offset = here.utcoffset() or timedelta(0)
    component.add_component(
        _part(Change(start - offset, offset, offset, bool(here.dst()), here.tzname() or zone))
    )
    alike: dict[tuple[timedelta, timedelta, bool, str], list[Change]] = defaultdict(list)
    for change in changes_between(zone, first_year, first_year + YEARS_AHEAD):
        alike[(change.before, change.after, change.is_summer, change.name)].append(change)
    for changes in alike.values():
        component.add_component(_parts(changes, first_year))
    return component


def _part(change: Change) -> TimezoneDaylight | TimezoneStandard:
    part = TimezoneDaylight() if change.is_summer else TimezoneStandard()
    part.add("dtstart", change.wall)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("tzname", change.name)
    return part


def _parts(changes: list[Change], first_year: int) -> TimezoneDaylight | TimezoneStandard:
    part = _part(changes[0])
    if (rule := _rule(changes, first_year)) is not None:
        part.add("rrule", rule)
    elif len(changes) > 1:
        part.add("rdate", vDDDLists([change.wall for change in changes[1:]]))
    return part


def _rule(changes: list[Change], first_year: int) -> vRecur | None:
    """The yearly rule that all of them follow; None where they follow none, or stop."""
    walls = [change.wall for change in changes]
    years = [wall.year for wall in walls]
    if years != list(range(years[0], first_year + YEARS_AHEAD + 1)):
        return None
    alike = {(wall.month, wall.weekday(), wall.time()) for wall in walls}
    if len(alike) != 1:
        return None
    month, day, _ = alike.pop()
    from_end, from_start = {_from_end(wall) for wall in walls}, {_from_start(wall) for wall in walls}
    if from_end != {1} and len(from_start) != 1:
        return None
    number = -1 if from_end == {1} else from_start.pop()
    return vRecur({"FREQ": ["YEARLY"], "BYMONTH": [month], "BYDAY": [f"{number}{DAYS[day]}"]})


def _from_start(wall: datetime) -> int:
    return (wall.day - 1) // 7 + 1


def _from_end(wall: datetime) -> int:
    following = (wall.replace(day=28) + timedelta(days=4)).replace(day=1)
    return ((following - timedelta(days=1)).day - wall.day) // 7 + 1


def _offset(here: ZoneInfo, at: datetime) -> tuple[timedelta | None, str | None]:
    local = at.astimezone(here)
    return local.utcoffset(), local.tzname()


def _narrow(here: ZoneInfo, one: datetime, other: datetime) -> Iterator[datetime]:
    """The last second before the change and the first after it."""
    while other - one > timedelta(seconds=1):
        middle = one + timedelta(seconds=(other - one) // timedelta(seconds=2))
        if _offset(here, middle) == _offset(here, one):
            one = middle
        else:
            other = middle
    yield one
    yield other


def _change_at(here: ZoneInfo, before: datetime, after: datetime) -> Change:
    was, will = before.astimezone(here), after.astimezone(here)
    zero = timedelta(0)
    return Change(
        after, was.utcoffset() or zero, will.utcoffset() or zero, bool(will.dst()), will.tzname() or str(here)
    )
