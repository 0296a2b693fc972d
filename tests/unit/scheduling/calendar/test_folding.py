"""A series written as one entry that repeats: two readers lay it out to exactly the meetings that are there."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import recurring_ical_events
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from homeport.scheduling.calendar.events import Event
from homeport.scheduling.calendar.folding import folded
from homeport.scheduling.calendar.writing import feed
from homeport.scheduling.recurrence import Rule, Unit, nth_in_month
from homeport.scheduling.wall_clock import moment_of

WRITTEN = datetime(2026, 11, 23, tzinfo=UTC)
ZONES = (
    "America/Toronto",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "America/Santiago",
    "Africa/Casablanca",
)

# vobject reads one date of those that a zone without a yearly rule lists; dateutil reads them all (test_zones).
BY_DATES = {"America/Santiago", "Africa/Casablanca"}


def a_meeting(at: datetime, zone: str, sequence: int = 0) -> Event:
    return Event("x", "Meeting", at, at + timedelta(minutes=50), zone, WRITTEN, sequence=sequence)


@st.composite
def a_series(draw: st.DrawFn) -> tuple[Rule, dict[date, Event]]:
    """A rule of which some meetings were cancelled and some moved to another hour."""
    first = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 400)))
    monthly = draw(st.booleans())
    rule = Rule(
        first=first,
        minute=draw(st.integers(6 * 4, 21 * 4)) * 15,
        zone=draw(st.sampled_from(ZONES)),
        unit=Unit.MONTHS if monthly else Unit.WEEKS,
        every=draw(st.integers(1, 3)),
        nth=nth_in_month(first) if monthly else 0,
        count=draw(st.integers(2, 30)),
    )
    meetings = {}
    for day in rule.days():
        fate = draw(st.sampled_from(("held", "held", "held", "cancelled", "moved")))
        at = moment_of(day, rule.minute, rule.zone) + timedelta(minutes=90 if fate == "moved" else 0)
        if fate != "cancelled":
            meetings[day] = a_meeting(at, rule.zone, sequence=int(fate == "moved"))
    return rule, meetings


@settings(max_examples=40, deadline=None)
@given(a_series())
def test_what_is_laid_out_again_is_what_was_there(series: tuple[Rule, dict[date, Event]]) -> None:
    rule, meetings = series
    data = feed(folded("series", rule, meetings, 4))
    wanted = sorted(each.starts for each in meetings.values())
    laid_out = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(
        (2025, 1, 1), (2036, 1, 1)
    )
    assert sorted(each.start.astimezone(UTC) for each in laid_out) == wanted
    if rule.zone not in BY_DATES:
        assert by_vobject(data) == wanted


def laid_out_of(data: bytes) -> Any:
    return recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between((2025, 1, 1), (2036, 1, 1))


def by_vobject(data: bytes) -> list[datetime]:
    """The beginnings as a reader finds them that does not know ours."""
    found: list[datetime] = []
    instead: dict[str, Any] = {}
    calendar = vobject.readOne(data.decode())
    for event in getattr(calendar, "vevent_list", []):
        if hasattr(event, "recurrence_id"):
            instead[event.recurrence_id.value.astimezone(UTC)] = event.dtstart.value.astimezone(UTC)
    for event in getattr(calendar, "vevent_list", []):
        if hasattr(event, "recurrence_id"):
            continue
        zone = event.dtstart.value.tzinfo
        rules = event.getrruleset()
        starts = [event.dtstart.value] if not rules else [one.replace(tzinfo=zone) for one in rules]
        found += [instead.get(one.astimezone(UTC), one.astimezone(UTC)) for one in starts]
    return sorted(found)


def test_one_meeting_stays_one() -> None:
    rule = Rule(first=date(2026, 12, 1), minute=600, zone="America/Toronto", count=3)
    day = date(2026, 12, 8)
    (only,) = folded("s", rule, {day: a_meeting(moment_of(day, 600, rule.zone), rule.zone)}, 2)
    assert (only.uid, only.sequence) == ("s", 2), "known by the name of its series, however few are left"
    assert [each.start for each in laid_out_of(feed([only]))] == [moment_of(day, 600, rule.zone)]
    assert folded("s", rule, {}, 0) == []


def test_what_stands_for_no_day_of_the_rule_is_written_by_itself() -> None:
    rule = Rule(first=date(2026, 12, 1), minute=600, zone="America/Toronto", count=3)
    days = (date(2026, 12, 1), date(2026, 12, 2))
    found = folded("s", rule, {day: a_meeting(moment_of(day, 600, rule.zone), rule.zone) for day in days}, 0)
    assert [each.rule for each in found] == ["", ""]
