"""When a reminder goes out: as long before as was chosen, and never at night."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeport.scheduling.reminders import CHOICES, DAY, HOUR, due

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
ZONES = ("America/Toronto", "Europe/Vienna", "Asia/Kolkata", "Pacific/Auckland", "Australia/Lord_Howe", "UTC")


def toronto(*at: int) -> datetime:
    return datetime(*at, tzinfo=ZoneInfo("America/Toronto")).astimezone(UTC)  # type: ignore[arg-type, misc]


def test_as_long_before_as_was_chosen() -> None:
    begins = toronto(2026, 11, 24, 14, 0)
    assert due(begins, [DAY, 3 * HOUR], "America/Toronto", LONG_AGO) == [
        (DAY, toronto(2026, 11, 23, 14, 0)),
        (3 * HOUR, toronto(2026, 11, 24, 11, 0)),
    ]
    assert due(begins, [], "America/Toronto", LONG_AGO) == []


@pytest.mark.parametrize(
    ("begins", "before", "expected"),
    [
        (toronto(2026, 11, 24, 8, 0), 3 * HOUR, toronto(2026, 11, 23, 21, 59)),  # 05:00 would wake somebody
        (toronto(2026, 11, 24, 23, 0), DAY, toronto(2026, 11, 23, 21, 59)),
        (toronto(2026, 11, 24, 8, 0), HOUR, toronto(2026, 11, 24, 7, 0)),
        # Over the end of summer time: a day is a day, by the hour on the wall it is one earlier.
        (toronto(2026, 11, 1, 14, 0), DAY, toronto(2026, 10, 31, 15, 0)),
    ],
)
def test_what_would_come_at_night_comes_the_evening_before(
    begins: datetime, before: int, expected: datetime
) -> None:
    assert due(begins, [before], "America/Toronto", LONG_AGO) == [(before, expected)]


def test_the_night_is_the_readers() -> None:
    begins = toronto(2026, 11, 24, 14, 0)
    (one,) = due(begins, [DAY], "Asia/Tokyo", LONG_AGO)  # 04:00 there
    assert one.moment.astimezone(ZoneInfo("Asia/Tokyo")).hour == 21


def test_what_is_past_is_left_out_and_two_at_one_moment_are_one() -> None:
    begins = toronto(2026, 11, 24, 8, 0)
    assert due(begins, [DAY, HOUR], "America/Toronto", begins - timedelta(hours=2)) == [
        (HOUR, begins - timedelta(hours=1))
    ]
    early = toronto(2026, 11, 24, 6, 0)
    assert len(due(early, [3 * HOUR, HOUR], "America/Toronto", LONG_AGO)) == 1, "both the evening before"


@settings(max_examples=300, deadline=None)
@given(
    st.integers(0, 2 * 365 * DAY).map(lambda minutes: LONG_AGO + timedelta(days=2192, minutes=minutes)),
    st.sets(st.sampled_from(CHOICES)),
    st.sampled_from(ZONES),
)
def test_never_at_night_never_late_never_more_than_were_chosen(
    begins: datetime, minutes: set[int], zone: str
) -> None:
    found = due(begins, minutes, zone, LONG_AGO)
    assert len(found) <= len(minutes)
    assert bool(found) == bool(minutes)
    for before, moment in found:
        here = moment.astimezone(ZoneInfo(zone))
        assert 7 <= here.hour < 22
        assert moment <= begins - timedelta(minutes=before)
        assert begins - timedelta(minutes=before) - moment <= timedelta(hours=10, minutes=1)
