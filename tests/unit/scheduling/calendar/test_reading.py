"""When somebody is busy, as their calendar says; and calendars that were written to do harm."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from homeport.core.errors import HomeportError
from homeport.scheduling.calendar import reading
from homeport.scheduling.calendar.events import Event, Post
from homeport.scheduling.calendar.narrowing import narrowed
from homeport.scheduling.calendar.reading import BusyTime, busy_times, joined
from homeport.scheduling.calendar.writing import feed, invitation

FROM = datetime(2026, 11, 23, tzinfo=UTC)
UNTIL = FROM + timedelta(weeks=12)


def a_file(*events: str, around: str = "") -> bytes:
    """A calendar with these events, each given by its lines."""
    made = "".join(
        f"BEGIN:VEVENT\nUID:{number}\n{event}\nEND:VEVENT\n" for number, event in enumerate(events)
    )
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{around}{made}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def busy(data: bytes) -> list[BusyTime]:
    return busy_times(data, from_at=FROM, until_at=UNTIL, zone="America/Toronto")


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_times_in_utc_in_a_zone_without_one_and_of_whole_days() -> None:
    read = busy(
        a_file(
            "DTSTART:20261124T100000Z\nDTEND:20261124T110000Z",
            "DTSTART;TZID=Europe/Berlin:20261125T100000\nDURATION:PT45M",
            "DTSTART:20261126T100000\nDTEND:20261126T103000",
            "DTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261203",
            "DTSTART;VALUE=DATE:20261210",
        )
    )
    assert read == [
        BusyTime(at(2026, 11, 24, 10), at(2026, 11, 24, 11)),
        BusyTime(at(2026, 11, 25, 9), at(2026, 11, 25, 9, 45)),
        BusyTime(at(2026, 11, 26, 15), at(2026, 11, 26, 15, 30)),
        BusyTime(at(2026, 12, 1, 5), at(2026, 12, 3, 5)),
        BusyTime(at(2026, 12, 10, 5), at(2026, 12, 11, 5)),
    ]


def test_what_is_free_or_off_blocks_nothing() -> None:
    when = "DTSTART:20261124T100000Z\nDTEND:20261124T110000Z\n"
    marks = ("TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE")
    assert busy(a_file(*(when + mark for mark in marks))) == []


def test_our_own_series_with_its_exceptions_is_read_as_it_was_meant() -> None:
    toronto = ZoneInfo("America/Toronto")

    def event(day: int, hour: int = 10, month: int = 12, **said: object) -> Event:
        starts = datetime(2026, month, day, hour, tzinfo=toronto)
        ends = starts + timedelta(minutes=50)
        return Event("u", "Appointment", starts, ends, "America/Toronto", FROM, **said)  # type: ignore[arg-type]

    series = event(1, rule="FREQ=WEEKLY;COUNT=3", left_out=(datetime(2026, 12, 8, 10, tzinfo=toronto),))
    moved = event(16, 15, instead_of=datetime(2026, 12, 15, 10, tzinfo=toronto))
    starts = [each.starts for each in busy(feed([series, moved]))]
    assert starts == [at(2026, 12, 1, 15), at(2026, 12, 16, 20)]
    assert [
        each.starts for each in busy(invitation([series, moved], Post("a@b.example", "c@d.example")))
    ] == starts


def test_a_series_from_years_ago_is_still_there() -> None:
    (*_, last) = busy(
        a_file("DTSTART;TZID=America/Toronto:20190107T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=MO")
    )
    assert last == BusyTime(at(2027, 2, 8, 14), at(2027, 2, 8, 15))


def test_nothing_but_times_is_read() -> None:
    event = (
        "SUMMARY:Ana Ames\nDESCRIPTION:a secret\n more of it\nATTENDEE:mailto:ana@example.org\n"
        "DTSTART:20261124T100000Z\nDTEND:20261124T110000Z\nBEGIN:VALARM\nDESCRIPTION:Ana\nEND:VALARM"
    )
    text = narrowed(a_file(event), from_at=FROM, until_at=UNTIL)
    assert "20261124T100000Z" in text
    for word in ("Ana", "secret", "ana@", "VALARM", "more of it"):
        assert word not in text


def test_each_moment_is_there_once() -> None:
    one, other = (
        BusyTime(at(2026, 12, 1, 9), at(2026, 12, 1, 10)),
        BusyTime(at(2026, 12, 1, 9, 30), at(2026, 12, 1, 11)),
    )
    assert joined([other, one]) == [BusyTime(one.starts, other.ends)]


def test_twenty_thousand_past_events_are_no_hindrance() -> None:
    past = "DTSTART:20161124T100000Z\nDTEND:20161124T110000Z"
    read = busy(a_file(*[past] * 19_999, "DTSTART:20261124T100000Z\nDTEND:20261124T110000Z"))
    assert len(read) == 1


SOON = "DTSTART:20261124T100000Z\nDTEND:20261124T110000Z"
NESTED = "BEGIN:VALARM\n" * 200_000
HOSTILE = {
    "a million events": a_file(*[SOON] * 150_000),
    "ten megabytes": b"BEGIN:VCALENDAR\r\n" + b"X-A:1\r\n" * 1_500_000,
    "nested alarms": a_file(f"{SOON}\n{NESTED}"),
    "nested events": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 15_000,
    "every second": a_file(f"{SOON}\nRRULE:FREQ=SECONDLY"),
    "every minute of a day": a_file(f"{SOON}\nRRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3,4,5"),
    "too many series": a_file(*[f"{SOON}\nRRULE:FREQ=DAILY"] * 2_100),
    "a line of dates": a_file(f"{SOON}\nRDATE:" + ",".join(["20261125T100000Z"] * 50_000)),
    "no calendar": b"<html><body>Sign in to see this calendar</body></html>",
    "nothing": b"",
    "zeros": bytes(100_000),
    "broken off": a_file(SOON)[:-20],
    "crossed": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\nEND:VEVENT\r\n",
    "an event alone": b"BEGIN:VEVENT\r\nEND:VEVENT\r\n",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_what_does_harm_is_refused_at_once_in_one_sentence(data: bytes) -> None:
    begun = time.monotonic()
    with pytest.raises(HomeportError) as refused:
        busy(data)
    assert time.monotonic() - begun < 15
    assert len(str(refused.value)) < 120
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    "rule",
    [
        "DTSTART:19000101T100000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "DTSTART:00010101T100000Z\nRRULE:FREQ=DAILY",
    ],
)
def test_a_rule_that_is_looked_for_for_ever_is_ended(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 1)  # here; the machine's own limit is tried in the benchmark
    begun = time.monotonic()
    with pytest.raises(HomeportError):
        busy(a_file(*[f"{rule}\nDURATION:PT1H"] * 400))
    assert time.monotonic() - begun < 15


def test_more_lines_than_anybody_has_are_not_gone_through() -> None:
    """Ten megabytes of them took half a minute of one core."""
    with pytest.raises(HomeportError, match="too large"):
        busy(b"BEGIN:VCALENDAR\n" + b"X\n" * 600_000 + b"END:VCALENDAR\n")


def test_a_mark_of_the_bytes_before_the_first_line_is_passed_over() -> None:
    assert busy(b"\xef\xbb\xbf" + a_file(SOON)) == busy(a_file(SOON))
    assert busy(a_file(SOON))
