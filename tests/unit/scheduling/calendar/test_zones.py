"""Zones written out for calendars hold what the zone itself says, as another reader understands them."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical  # type: ignore[import-untyped]

from homeport.scheduling.calendar.zones import changes_between, timezone_of

ZONES = (
    "America/Toronto", "America/St_Johns", "America/Santiago", "Europe/Berlin", "Europe/Dublin", "Asia/Jerusalem",
    "Asia/Kolkata", "Africa/Casablanca", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Auckland", "America/Sao_Paulo",
)  # fmt: skip


@pytest.mark.parametrize("zone", ZONES)
def test_another_reader_tells_the_same_time_all_through_fifteen_years(zone: str) -> None:
    written = timezone_of(zone, 2026).to_ical().decode()
    theirs, ours = tzical(StringIO(written)).get(zone), ZoneInfo(zone)
    changes = changes_between(zone, 2026, 2041)
    beside = [change.at + timedelta(hours=hours) for change in changes for hours in (-3, -1, 2, 4)]
    sampled = [datetime(2026, 2, 1, 12, tzinfo=UTC) + timedelta(days=5 * number) for number in range(1100)]
    for moment in (*beside, *sampled):
        wall = moment.astimezone(ours)
        if wall.fold or wall.replace(fold=1).utcoffset() != wall.utcoffset():
            continue  # an hour that is there twice: no file can say which one
        assert wall.replace(tzinfo=theirs).utcoffset() == wall.utcoffset(), moment


def test_what_follows_a_rule_is_written_as_one_and_goes_on_for_ever() -> None:
    written = timezone_of("Europe/Berlin", 2026).to_ical().decode()
    assert "DTSTART:20260329T020000" in written
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in written
    assert "RDATE" not in written


def test_what_follows_none_is_written_out() -> None:
    assert "RDATE:20270207T030000" in timezone_of("Africa/Casablanca", 2026).to_ical().decode().replace(
        "\r\n ", ""
    )
