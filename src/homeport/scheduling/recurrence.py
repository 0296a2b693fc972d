"""What recurs, as arithmetic: no database, no clock of its own.

A rule says days; a day and the rule's minute on the wall of its zone say the moment. So a series keeps its hour when the
clocks change, and what falls into a gap or a fold is settled in ``wall_clock``. Held against dateutil and zoneinfo
(tests/benchmark/series.py). Of RFC 5545 it is FREQ=WEEKLY and FREQ=MONTHLY;BYDAY with INTERVAL, COUNT, UNTIL and EXDATE.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count as counting
from typing import Any

from django.utils.translation import gettext as _

from homeport.people.errors import Unfit
from homeport.scheduling.wall_clock import DAY, moment_of, zone_named

# No rule goes on beyond what a calendar can name, nor does anybody plan so much.
MOST = 520
LONGEST_STEP = 52
FIRST_YEAR, LAST_YEAR = 1970, 2200
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1


class Unit(StrEnum):
    """What a rule counts in."""

    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One meeting of a rule: the day that the rule gave it, which stays its name, and the moment in UTC."""

    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Rule:
    """Every ``every`` weeks on the weekday of ``first``; or every ``every`` months on the ``nth`` such weekday of the month.

    ``nth``: 1 to 4, or -1 for the last one. ``minute``: of the day, on the wall of ``zone``. It ends with ``until`` (that
    day included) or after ``count`` days, of which those in ``left_out`` are not held; a day left out still counts. With
    neither it goes on (and what lays it out says how far). Raises ``Unfit`` for what makes no sense.
    """

    first: date
    minute: int
    zone: str
    unit: Unit = Unit.WEEKS
    every: int = 1
    nth: int = 0
    until: date | None = None
    count: int | None = None
    left_out: frozenset[date] = field(default=frozenset())

    def __post_init__(self) -> None:
        zone_named(self.zone)
        if not FIRST_YEAR <= self.first.year <= LAST_YEAR:
            raise Unfit("first", _("That day is too far away."))
        if not 0 <= self.minute < DAY:
            raise Unfit("time", _("That is no time of day."))
        if not 1 <= self.every <= LONGEST_STEP:
            raise Unfit("every", _("A series can recur every 1 to 52 weeks or months."))
        if self.until is not None and self.count is not None:
            raise Unfit("until", _("Say until when, or how often: not both."))
        if self.until is not None and self.until < self.first:
            raise Unfit("until", _("The series would end before it begins."))
        if self.count is not None and not 1 <= self.count <= MOST:
            raise Unfit("count", _("Say how often: 1 to %(most)d times.") % {"most": MOST})
        if (self.unit is Unit.MONTHS) != (self.nth in {1, 2, 3, 4, LAST}):
            raise Unfit("nth", _("Say which one of the month: the first to the fourth, or the last."))
        if self.unit is Unit.MONTHS and nth_of_month(self.first, self.nth) != self.first:
            raise Unfit("first", _("The first day is not the one of the month that the series is about."))

    def days(self) -> Iterator[date]:
        """The days that are held, in order. Without an end it never stops but for the calendar's own."""
        for number, day in enumerate(self._all_days()):
            if (self.until is not None and day > self.until) or number == self.count:
                return
            if day not in self.left_out:
                yield day

    def occurrences(self, most: int = MOST) -> list[Occurrence]:
        """The first ``most`` meetings that are held."""
        found: list[Occurrence] = []
        for day in self.days():
            if len(found) == most:
                break
            found.append(Occurrence(day, moment_of(day, self.minute, self.zone)))
        return found

    def without(self, day: date) -> "Rule":
        """The same rule, with one day left out."""
        return replace(self, left_out=self.left_out | {day})

    def until_before(self, day: date) -> "Rule | None":
        """What is left of the rule before ``day``; None where nothing is."""
        if day <= self.first:
            return None
        return replace(self, count=None, until=day - timedelta(days=1))

    def from_day(self, day: date) -> "Rule":
        """The rule as it goes on with ``day``, which must be one of its own. A count is what remains of it."""
        passed = None
        for number, one in enumerate(self._all_days()):
            if one >= day:
                passed = number if one == day else None
                break
        ended = (self.until is not None and day > self.until) or (
            self.count is not None and passed is not None and passed >= self.count
        )
        if passed is None or ended:
            raise Unfit("day", _("That day is none of this series."))
        remaining = None if self.count is None else self.count - passed
        left_out = frozenset(one for one in self.left_out if one >= day)
        return replace(self, first=day, count=remaining, left_out=left_out)

    def shifted(self, days: int, minute: int) -> "Rule":
        """The rule moved by some days and to another time of day. Days left out move along; so does the end.

        In a rule by the month the first day says anew which one of the month is meant, and it ends after as many.
        """
        move = timedelta(days=days)
        first = self.first + move
        if self.unit is Unit.WEEKS:
            until = None if self.until is None else self.until + move
            left_out = frozenset(day + move for day in self.left_out)
            return replace(self, first=first, minute=minute, until=until, left_out=left_out)
        held = list(replace(self, left_out=frozenset()).days()) if self.until else None
        count = self.count if held is None else len(held)
        nth = nth_in_month(first, self.nth)
        moved = replace(
            self, first=first, minute=minute, nth=nth, until=None, count=count, left_out=frozenset()
        )
        pairs = zip(self._all_days(), moved._all_days(), range(MOST))  # noqa: B905 - both go on for ever
        return replace(moved, left_out=frozenset(new for old, new, _ in pairs if old in self.left_out))

    def as_data(self) -> dict[str, Any]:
        """As it is kept in the database."""
        return {
            "first": self.first.isoformat(),
            "minute": self.minute,
            "zone": self.zone,
            "unit": self.unit.value,
            "every": self.every,
            "nth": self.nth,
            "until": self.until.isoformat() if self.until else None,
            "count": self.count,
            "left_out": sorted(day.isoformat() for day in self.left_out),
        }

    def as_rrule(self) -> str:
        """The rule as RFC 5545 writes it (3.3.10), without days left out: those are EXDATE."""
        parts = ["FREQ=WEEKLY" if self.unit is Unit.WEEKS else "FREQ=MONTHLY"]
        if self.every > 1:
            parts.append(f"INTERVAL={self.every}")
        named = DAYS[self.first.weekday()]
        parts.append(f"BYDAY={named if self.unit is Unit.WEEKS else f'{self.nth}{named}'}")
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        if self.until is not None:
            last = moment_of(self.until, self.minute, self.zone).astimezone(UTC)
            parts.append(f"UNTIL={last:%Y%m%dT%H%M%SZ}")
        return ";".join(parts)

    def _all_days(self) -> Iterator[date]:
        try:
            if self.unit is Unit.WEEKS:
                step = timedelta(weeks=self.every)
                for number in counting():
                    yield self.first + number * step
            begun = self.first.year * 12 + self.first.month - 1
            weekday = self.first.weekday()
            for number in counting():
                year, month = divmod(begun + number * self.every, 12)
                yield _nth(year, month + 1, weekday, self.nth)
        except (OverflowError, ValueError):
            return


def rule_from(data: dict[str, Any]) -> Rule:
    """The rule that :meth:`Rule.as_data` gave."""
    return Rule(
        first=date.fromisoformat(data["first"]),
        minute=data["minute"],
        zone=data["zone"],
        unit=Unit(data["unit"]),
        every=data["every"],
        nth=data["nth"],
        until=date.fromisoformat(data["until"]) if data["until"] else None,
        count=data["count"],
        left_out=frozenset(date.fromisoformat(day) for day in data["left_out"]),
    )


def nth_in_month(day: date, like: int = 0) -> int:
    """Which one of its month's such weekdays a day is: 1 to 4, or -1 for a fifth, and for a last where ``like`` is one."""
    is_last = (day + timedelta(weeks=1)).month != day.month
    number = (day.day - 1) // 7 + 1
    return LAST if number == 5 or (is_last and like == LAST) else number


def nth_of_month(day: date, nth: int) -> date:
    """The ``nth`` day of ``day``'s weekday in ``day``'s month."""
    return _nth(day.year, day.month, day.weekday(), nth)


def minute_of(clock: time) -> int:
    """The minute of the day."""
    return clock.hour * 60 + clock.minute


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=(following.weekday() - weekday - 1) % 7 + 1)
