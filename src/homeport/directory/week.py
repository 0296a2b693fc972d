"""The week in 21 parts: seven days, each with a morning, an afternoon and an evening, as one number.

Bit ``3 x day + part`` (Monday morning is bit 0) says whether that part is free; so a query compares two weeks with one
``&``. A week belongs to a time zone: :func:`moved` carries it into another.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = ("morning", "afternoon", "evening")
# From the first hour to before the last, on the clock of the wall.
HOURS = {"morning": (7, 12), "afternoon": (12, 17), "evening": (17, 21)}
SLOTS = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)
WHOLE = (1 << len(SLOTS)) - 1

# How visitors say it: four choices are enough to begin with.
COARSE = {
    "mornings": tuple(f"{day}-morning" for day in DAYS[:5]),
    "afternoons": tuple(f"{day}-afternoon" for day in DAYS[:5]),
    "evenings": tuple(f"{day}-evening" for day in DAYS[:5]),
    "weekends": tuple(f"{day}-{part}" for day in DAYS[5:] for part in PARTS),
}


def as_number(slots: Iterable[str]) -> int:
    """The week in which these parts are set ("mon-evening" …); a part nobody knows is left out."""
    return sum(1 << SLOTS.index(slot) for slot in set(slots) if slot in SLOTS)


def as_slots(week: int) -> tuple[str, ...]:
    """The parts that are set, from Monday morning on."""
    return tuple(slot for bit, slot in enumerate(SLOTS) if week >> bit & 1)


def coarse(names: Iterable[str]) -> frozenset[str]:
    """The parts of the week that "evenings", "weekends" … stand for."""
    return frozenset(slot for name in names for slot in COARSE.get(name, ()))


def moved(week: int, *, own: str, other: str, day: date) -> int:
    """The parts of the week in the zone ``other`` that share at least an hour with this week in the zone ``own``.

    ``day`` says in which week: zones shift against each other through the year.
    """
    return week if own == other else _moved(week, own, other, day - timedelta(days=day.weekday()))


@lru_cache(maxsize=4096)
def _moved(week: int, own: str, other: str, monday: date) -> int:
    here, there = ZoneInfo(own), ZoneInfo(other)
    found = 0
    for slot in as_slots(week):
        name, _, part = slot.partition("-")
        first, last = HOURS[part]
        for hour in range(first, last):
            moment = datetime(monday.year, monday.month, monday.day, hour, tzinfo=here)
            found |= _part_at((moment + timedelta(days=DAYS.index(name))).astimezone(there))
    return found


def _part_at(moment: datetime) -> int:
    for number, (first, last) in enumerate(HOURS.values()):
        if first <= moment.hour < last:
            return 1 << (3 * moment.weekday() + number)
    return 0
