"""Calendar files that go out, read back by two readers that are not the one we write with."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import ics
import pytest
import vobject

from homeport.scheduling.calendar.events import Event, Post
from homeport.scheduling.calendar.writing import cancellation, feed, invitation

WRITTEN = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
POST = Post("hello@practice.example", "ana@example.org", "Harbour Street")
ZONES = ("America/Toronto", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "America/St_Johns", "UTC")


def an_event(zone: str = "America/Toronto", at: tuple[int, ...] = (2026, 11, 24, 10), **said: Any) -> Event:
    """Fifty minutes, once, unless told otherwise."""
    starts = datetime(*at, tzinfo=ZoneInfo(zone))  # type: ignore[misc,arg-type]
    ends = (starts.astimezone(UTC) + timedelta(minutes=50)).astimezone(ZoneInfo(zone))
    return Event("one", "Appointment", starts, ends, zone, WRITTEN, **said)


def read_by_vobject(data: bytes) -> Any:
    return vobject.readOne(data.decode())


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", [(2026, 3, 7, 9), (2026, 3, 30, 9), (2026, 7, 1, 9), (2026, 11, 2, 9)])
def test_both_readers_find_the_same_moment(zone: str, at: tuple[int, ...]) -> None:
    event = an_event(zone, at, place="12 Harbour Street, room 2")
    data = invitation([event], POST)
    one = read_by_vobject(data).vevent
    (other,) = ics.Calendar(data.decode()).events
    assert one.dtstart.value.astimezone(UTC) == event.starts.astimezone(UTC)
    assert one.dtend.value.astimezone(UTC) == event.ends.astimezone(UTC)
    assert other.begin.datetime.astimezone(UTC) == event.starts.astimezone(UTC)
    assert other.end.datetime.astimezone(UTC) == event.ends.astimezone(UTC)
    assert one.uid.value == other.uid == "one"
    assert one.summary.value == other.name == "Appointment"
    assert one.location.value == other.location == "12 Harbour Street, room 2"


@pytest.mark.parametrize(
    ("rule", "starts"),
    [
        ("FREQ=WEEKLY;COUNT=30", (2026, 10, 6, 17)),
        ("FREQ=WEEKLY;INTERVAL=2;UNTIL=20270601T210000Z", (2026, 10, 6, 17)),
        ("FREQ=MONTHLY;BYDAY=1TU;COUNT=14", (2026, 10, 6, 17)),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=14", (2026, 10, 30, 9)),
    ],
)
def test_a_series_keeps_the_time_of_the_clock_across_the_year(rule: str, starts: tuple[int, ...]) -> None:
    event = an_event(at=starts, rule=rule)
    read = list(read_by_vobject(invitation([event], POST)).vevent.getrruleset())
    assert len(read) >= 14
    assert {each.hour for each in read} == {starts[3]}
    offsets = {each.replace(tzinfo=ZoneInfo("America/Toronto")).utcoffset() for each in read}
    assert len(offsets) == 2, "summer and winter"


def test_one_left_out_and_one_moved_are_read_so() -> None:
    toronto = ZoneInfo("America/Toronto")
    series = an_event(
        rule="FREQ=WEEKLY;COUNT=4", left_out=(datetime(2026, 12, 1, 10, tzinfo=toronto),), sequence=2
    )
    moved = an_event(at=(2026, 12, 9, 15), instead_of=datetime(2026, 12, 8, 10, tzinfo=toronto), sequence=2)
    read = read_by_vobject(invitation([series, moved], POST))
    whole, one = read.vevent_list
    days = [each.day for each in whole.getrruleset()]
    assert days == [24, 8, 15]
    assert one.recurrence_id.value.astimezone(UTC) == datetime(2026, 12, 8, 15, tzinfo=UTC)
    assert one.dtstart.value.astimezone(UTC) == datetime(2026, 12, 9, 20, tzinfo=UTC)
    assert whole.uid.value == one.uid.value
    assert whole.sequence.value == one.sequence.value == "2"


def test_a_change_bears_the_same_name_and_a_higher_number() -> None:
    first, second = (
        read_by_vobject(invitation([an_event(sequence=number)], POST)).vevent for number in (0, 1)
    )
    assert first.uid.value == second.uid.value
    assert int(first.sequence.value) < int(second.sequence.value)


def test_a_cancellation_says_so_twice() -> None:
    read = read_by_vobject(cancellation([an_event(sequence=1)], POST))
    assert read.method.value == "CANCEL"
    assert read.vevent.status.value == "CANCELLED"


def test_an_invitation_names_whoever_gets_it_and_nobody_else() -> None:
    data = invitation([an_event()], POST).replace(b"\r\n ", b"")
    assert data.count(b"mailto:") == 2
    assert b"mailto:ana@example.org" in data
    assert b"RSVP=FALSE" in data
    assert b"CLASS:PRIVATE" in data


def test_a_feed_is_the_same_in_whatever_order_it_was_gathered() -> None:
    one, other = an_event(), an_event("Europe/Berlin", uid_of_other := (2026, 12, 1, 9))
    other = Event(
        "two", *[getattr(other, name) for name in ("title", "starts", "ends", "zone", "written_at")]
    )
    assert uid_of_other
    assert feed([one, other]) == feed([other, one])
    assert b"ATTENDEE" not in feed([one, other])
    assert {each.uid.value for each in read_by_vobject(feed([one, other])).vevent_list} == {"one", "two"}


def test_an_empty_feed_is_a_calendar_too() -> None:
    assert read_by_vobject(feed([])).name == "VCALENDAR"
    assert not ics.Calendar(feed([]).decode()).events


def test_words_cannot_break_out_of_their_line() -> None:
    event = an_event(place="Room 2\r\nATTENDEE:mailto:eve@example.org\nEND:VEVENT")
    (read,) = ics.Calendar(invitation([event], POST).decode()).events
    assert len(list(read.attendees)) == 1
