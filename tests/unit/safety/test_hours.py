"""Reading time, against a count minute by minute."""

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from homeport.safety.hours import Hours

TORONTO = ZoneInfo("America/Toronto")
OFFICE = {day: ((time(9), time(12)), (time(13), time(17))) for day in range(5)}
WEEK = Hours(TORONTO, OFFICE, frozenset({date(2026, 12, 25)}))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TORONTO).astimezone(UTC)


def test_open_and_next() -> None:
    assert WEEK.open_until(at("2026-11-23T09:00")) == at("2026-11-23T12:00")
    assert WEEK.open_until(at("2026-11-23T12:00")) is None
    assert WEEK.next_open(at("2026-11-23T12:30")) == at("2026-11-23T13:00")
    assert WEEK.next_open(at("2026-11-27T17:00")) == at("2026-11-30T09:00"), "over the weekend"
    assert WEEK.next_open(at("2026-12-24T18:00")) == at("2026-12-28T09:00"), "and over a day that is closed"
    assert Hours(TORONTO).next_open(at("2026-11-23T10:00")) is None


def test_due_times() -> None:
    hour = timedelta(hours=1)
    assert WEEK.after(at("2026-11-23T09:30"), hour) == at("2026-11-23T10:30")
    assert WEEK.after(at("2026-11-23T11:30"), hour) == at("2026-11-23T13:30"), "the break does not count"
    assert WEEK.after(at("2026-11-21T03:00"), hour) == at("2026-11-23T10:00")
    assert Hours(TORONTO).after(at("2026-11-23T09:30"), hour) == at("2026-11-23T10:30"), (
        "without hours, the clock"
    )


@pytest.mark.parametrize("seed", range(6))
def test_against_counting_minutes_across_a_change_of_the_clock(seed: int) -> None:
    chance = random.Random(seed)
    weekly = {
        day: ((time(chance.randrange(0, 11), chance.choice((0, 30))), time(chance.randrange(12, 23))),)
        for day in range(7)
        if chance.random() < 0.7
    } or {0: ((time(9), time(17)),)}
    hours = Hours(TORONTO, weekly)
    # Around the night in which the clock goes back, and around the one in which it goes forward.
    begin = at(chance.choice(("2026-10-31T20:13", "2026-03-07T18:40"))) + timedelta(
        minutes=chance.randrange(600)
    )
    length = chance.randrange(1, 900)
    moment, left = begin, length
    while left:
        left -= hours.open_until(moment) is not None
        moment += timedelta(minutes=1)
    assert abs(hours.after(begin, timedelta(minutes=length)) - moment) <= timedelta(minutes=1)
