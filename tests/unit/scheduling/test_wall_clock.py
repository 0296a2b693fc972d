"""From the clock on the wall to the moment."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.factories.rules import ZONES

from homeport.people.errors import Unfit
from homeport.scheduling.wall_clock import (
    HappensTwice,
    NoSuchTime,
    asked_moment,
    minutes,
    minutes_of,
    moment,
    moment_of,
    zone_named,
)

TORONTO = "America/Toronto"
SPRING, AUTUMN = date(2027, 3, 14), date(2027, 11, 7)


@pytest.mark.parametrize("zone", ZONES)
def test_every_quarter_of_two_years_is_that_of_zoneinfo(zone: str) -> None:
    here = ZoneInfo(zone)
    for number in range(730):
        day = date(2026, 1, 1) + timedelta(days=number)
        for minute in (0, 15, 90, 135, 150, 180, 705, 1425):
            wall = datetime.combine(day, time(*divmod(minute, 60)), tzinfo=here)
            assert moment(minutes_of(zone, day.toordinal(), minute)) == wall.astimezone(UTC)


def test_midnight_at_the_end_of_a_day_is_that_of_the_next() -> None:
    assert moment_of(SPRING, 1440, TORONTO) == datetime(2027, 3, 15, 4, tzinfo=UTC)


def test_minutes_and_back() -> None:
    at = datetime(2027, 3, 14, 6, 59, 59, 999999, tzinfo=UTC)
    assert moment(minutes(at)) == at.replace(second=0, microsecond=0)


def test_a_time_that_is_not_there_is_said_with_the_next() -> None:
    with pytest.raises(NoSuchTime, match=r"There is no 02:30 that day.* 03:30\.") as raised:
        asked_moment(SPRING, time(2, 30), TORONTO)
    assert raised.value.later == datetime(2027, 3, 14, 7, 30, tzinfo=UTC)


def test_of_a_time_that_is_there_twice_one_must_be_meant() -> None:
    with pytest.raises(HappensTwice, match="two times 01:30") as raised:
        asked_moment(AUTUMN, time(1, 30), TORONTO)
    first, second = raised.value.both
    assert second - first == timedelta(hours=1)
    assert asked_moment(AUTUMN, time(1, 30), TORONTO, second=False) == first
    assert asked_moment(AUTUMN, time(1, 30), TORONTO, second=True) == second


def test_any_other_time_is_what_it_says() -> None:
    assert asked_moment(SPRING, time(9), TORONTO) == datetime(2027, 3, 14, 13, tzinfo=UTC)
    assert asked_moment(SPRING, time(9), TORONTO, second=True) == datetime(2027, 3, 14, 13, tzinfo=UTC)


@pytest.mark.parametrize("name", ["", "Nowhere", "/etc/localtime", "a\x00b", "x" * 300])
def test_a_zone_that_is_none(name: str) -> None:
    with pytest.raises(Unfit):
        zone_named(name)
