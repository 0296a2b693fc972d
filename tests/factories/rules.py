"""Rules of series put together at random, and what dateutil and zoneinfo make of them."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil import rrule

from homeport.scheduling.recurrence import LAST, Rule, Unit, nth_in_month

# Half an hour of summer time, a change at midnight, a change by Ramadan, none at all, both hemispheres.
ZONES = (
    "America/Toronto", "Europe/Paris", "Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca", "Asia/Kolkata"
)  # fmt: skip
MOST = 60


def rules(seed: int, number: int) -> Iterator[Rule]:
    """That many rules, most of them across a change of the clock, many of them within the hours that change."""
    chance = random.Random(seed)
    for _ in range(number):
        yield _rule(chance)


def _rule(chance: random.Random) -> Rule:
    first = date(2024, 1, 1) + timedelta(days=chance.randrange(1500))
    minute = chance.choice((chance.randrange(1440), chance.randrange(0, 240)))
    asked: dict[str, Any] = {"zone": chance.choice(ZONES), "minute": minute, "every": chance.randrange(1, 7)}
    if chance.random() < 0.4:
        nth = nth_in_month(first, chance.choice((0, LAST)))
        asked |= {"unit": Unit.MONTHS, "nth": nth, "every": chance.randrange(1, 5)}
        first = first if nth_in_month(first, nth) == nth else first - timedelta(weeks=1)
    ends = chance.randrange(3)
    if ends == 0:
        asked["count"] = chance.randrange(1, MOST)
    elif ends == 1:
        asked["until"] = first + timedelta(days=chance.randrange(800))
    rule = Rule(first=first, **asked)
    days = [one.day for one in rule.occurrences(MOST)]
    for day in chance.sample(days, chance.randrange(0, min(4, len(days)))):
        rule = rule.without(day)
    return rule


def by_dateutil(rule: Rule) -> list[datetime]:
    """The moments of a rule, laid out by dateutil in wall-clock time and read by zoneinfo."""
    zone = ZoneInfo(rule.zone)
    clock = time(*divmod(rule.minute, 60))
    start = datetime.combine(rule.first, clock)
    named = rrule.weekday(rule.first.weekday())
    laid = rrule.rruleset()
    laid.rrule(
        rrule.rrule(
            rrule.WEEKLY if rule.unit is Unit.WEEKS else rrule.MONTHLY,
            dtstart=start,
            interval=rule.every,
            byweekday=named if rule.unit is Unit.WEEKS else named(rule.nth),
            count=rule.count,
            until=datetime.combine(rule.until, clock) if rule.until else None,
        )
    )
    for day in rule.left_out:
        laid.exdate(datetime.combine(day, clock))
    found = []
    for wall in laid:
        if len(found) == MOST:
            break
        found.append(wall.replace(tzinfo=zone).astimezone(UTC))
    return found
