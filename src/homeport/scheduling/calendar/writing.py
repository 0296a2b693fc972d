"""Calendar files that go out: invitations, changes, cancellations and feeds (RFC 5545, RFC 5546)."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, vCalAddress, vDDDLists, vRecur, vText
from icalendar import Event as Component

from homeport.scheduling.calendar.events import Event, Method, Post
from homeport.scheduling.calendar.zones import timezone_of

MAKER = "-//Homeport//Appointments//EN"
MEDIA_TYPE = "text/calendar; charset=utf-8"


def invitation(events: Sequence[Event], post: Post) -> bytes:
    """A new appointment or a change of one, for one person. A series comes with its exceptions, under one UID."""
    return _file(Method.REQUEST, events, post)


def cancellation(events: Sequence[Event], post: Post) -> bytes:
    """What does not take place any more: a whole series, or the ones of it that are named."""
    return _file(Method.CANCEL, events, post)


def feed(events: Iterable[Event]) -> bytes:
    """Everything of one person, for a calendar that looks again by itself. The same bytes until something changes."""
    return _file(Method.PUBLISH, sorted(events, key=_order), None)


def _order(event: Event) -> tuple[str, datetime, str]:
    return (event.uid, event.instead_of or datetime.min.replace(tzinfo=UTC), event.rule)


def _file(method: Method, events: Sequence[Event], post: Post | None) -> bytes:
    file = Calendar()
    file.add("prodid", MAKER)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", method.value)
    if method is Method.PUBLISH:
        file.add("refresh-interval", vText("PT1H"), parameters={"VALUE": "DURATION"})
        file.add("x-published-ttl", vText("PT1H"))
    for zone in sorted({event.zone for event in events}):
        if zone != "UTC":
            file.add_component(timezone_of(zone, _first_year(events, zone)))
    for event in events:
        file.add_component(_component(event, method, post))
    written: bytes = file.to_ical()
    return written


def _first_year(events: Iterable[Event], zone: str) -> int:
    # A day earlier: the year begins at another moment in the zone.
    return min(event.starts.astimezone(ZoneInfo(zone)).year for event in events if event.zone == zone) - 1


def _component(event: Event, method: Method, post: Post | None) -> Component:
    here = UTC if event.zone == "UTC" else ZoneInfo(event.zone)
    entry = Component()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.written_at.astimezone(UTC))
    entry.add("dtstart", event.starts.astimezone(here))
    entry.add("dtend", event.ends.astimezone(here))
    entry.add("summary", event.title)
    entry.add("class", "PRIVATE")
    entry.add("status", _status(event, method))
    entry.add("transp", "TRANSPARENT" if event.is_off else "OPAQUE")
    for name, words in (("location", event.place), ("url", event.address)):
        if words:
            entry.add(name, words)
    if event.rule:
        entry.add("rrule", vRecur.from_ical(event.rule))
    if event.left_out:
        entry.add("exdate", vDDDLists([start.astimezone(here) for start in sorted(event.left_out)]))
    if event.instead_of is not None:
        entry.add("recurrence-id", event.instead_of.astimezone(here))
    if post is not None:
        _address(entry, event, post, method)
    return entry


def _status(event: Event, method: Method) -> str:
    if event.is_off or method is Method.CANCEL:
        return "CANCELLED"
    return "TENTATIVE" if event.is_pending else "CONFIRMED"


def _address(entry: Component, event: Event, post: Post, method: Method) -> None:
    organiser = vCalAddress(f"mailto:{post.organiser}")
    if post.organiser_name:
        organiser.params["CN"] = vText(post.organiser_name)
    entry["organizer"] = organiser
    recipient = vCalAddress(f"mailto:{post.recipient}")
    recipient.params["ROLE"] = vText("REQ-PARTICIPANT")
    if method is Method.REQUEST:
        # Booked here already: no calendar is to ask again, and no answer goes out to anybody.
        recipient.params["PARTSTAT"] = vText("TENTATIVE" if event.is_pending else "ACCEPTED")
    recipient.params["RSVP"] = vText("FALSE")
    entry.add("attendee", recipient, encode=False)
