"""Quarters of an hour of a week, and the parts of somebody's week in them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeport.directory.free_weeks import HALF_DAY, as_weeks, halves, lies_in, quarter_of, wanted
from homeport.directory.week import SLOTS

# Whole hours, half hours, quarters; clocks put forward and back within the four weeks, and never.
ZONES = (
    "America/Toronto",
    "Europe/London",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Pacific/Chatham",
    "UTC",
    "Australia/Lord_Howe",
)
BEGINS = (
    datetime(2026, 3, 2, 9, tzinfo=UTC),
    datetime(2026, 10, 20, 23, 50, tzinfo=UTC),
    datetime(2026, 7, 1, tzinfo=UTC),
)


def test_a_week_begins_on_monday_in_utc_and_has_672_quarters() -> None:
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    week, quarter = quarter_of(monday)
    assert quarter == 0
    assert quarter_of(monday - timedelta(seconds=1)) == (week - 1, 671)
    assert quarter_of(monday + timedelta(hours=25, minutes=59)) == (week, 103)


def test_half_days_hold_the_whole_week() -> None:
    week = (1 << 672) - 1
    assert halves(week) == ((1 << HALF_DAY) - 1,) * 14
    assert halves(1 << 671)[13] == 1 << 47
    assert all(-(2**63) <= half < 2**63 for half in halves(week))


@given(
    times=st.frozensets(st.sampled_from(SLOTS), min_size=1, max_size=6),
    zone=st.sampled_from(ZONES),
    at=st.sampled_from(BEGINS),
    minutes=st.integers(0, 27 * 24 * 4).map(lambda quarters: quarters * 15),
)
def test_a_time_is_wanted_when_it_lies_in_such_a_part_on_that_clock(
    times: frozenset[str], zone: str, at: datetime, minutes: int
) -> None:
    at = at.replace(minute=at.minute // 15 * 15)
    moment = at + timedelta(minutes=minutes)
    asked = wanted(times, zone=zone, at=at)
    found = any(asked.get(week, 0) & quarters for week, quarters in as_weeks([moment]).items())
    assert found == lies_in(times, moment, ZoneInfo(zone))


@pytest.mark.parametrize("zone", ZONES)
def test_what_is_over_is_not_wanted(zone: str) -> None:
    at = datetime(2026, 11, 25, 20, 7, tzinfo=UTC)
    asked = wanted(frozenset(SLOTS), zone=zone, at=at)
    assert not any(
        asked.get(week, 0) & quarters
        for before in range(1, 700)
        for week, quarters in as_weeks([at - timedelta(minutes=15 * before)]).items()
    )
