"""Of somebody's calendar file only what says when they are busy: no titles, no guests, no notes are read, let alone kept.

Everything here is one pass over the lines, so that whatever was sent is refused or cut down in a time its size bounds.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from homeport.core.errors import HomeportError

LARGEST_FILE = 10_000_000
MOST_EVENTS = 20_000
MOST_REPEATING = 2_000
DEEPEST = 8
LONGEST_LINE = 20_000
MOST_LINES = 500_000

KEPT = frozenset(
    {"UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE", "STATUS",
     "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS"}
)  # fmt: skip
ALWAYS_KEPT = frozenset({"RRULE", "RDATE", "RECURRENCE-ID"})
OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
SUMMED = ("BYSECOND", "BYMINUTE", "BYHOUR")


class NotReadable(HomeportError):
    """A calendar that cannot be read. The message says why, in one sentence."""


def too_large() -> NotReadable:
    """The file, or what is in it, is more than a person's calendar."""
    return NotReadable(
        _("This calendar is too large to read. Share one that holds your own appointments only.")
    )


def not_a_calendar() -> NotReadable:
    """It is something else, or broken."""
    return NotReadable(
        _("There is no calendar at this address. Copy the address that ends in .ics once more.")
    )


def too_often() -> NotReadable:
    """Something in it repeats without end or by the minute."""
    return NotReadable(_("Something in this calendar repeats more often than we can follow."))


@dataclass
class _Entry:
    """What is kept of one event while its lines go by."""

    lines: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    first: date | None = None
    last: date | None = None

    def concerns(self, from_day: date, until_day: date) -> bool:
        """Whether it can touch the days asked for. Whatever repeats can."""
        if self.names & ALWAYS_KEPT or self.first is None:
            return bool(self.names & ALWAYS_KEPT)
        # Without an end it may be a long one: then only what begins too late is left out.
        known_end = self.last or (None if "DURATION" in self.names else self.first)
        return self.first <= until_day and (known_end is None or known_end >= from_day)


def narrowed(data: bytes, *, from_at: datetime, until_at: datetime) -> str:
    """The zones of the file and the bare times of the events that can touch the time asked for, as a calendar file.

    Raises ``NotReadable`` for what is no calendar, is too large, or repeats by the hour or oftener.
    """
    if len(data) > LARGEST_FILE or data.upper().count(b"BEGIN:VEVENT") > MOST_EVENTS:
        raise too_large()
    reach = timedelta(days=2)
    kept = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:narrowed"]
    kept += _Walk(from_at.date() - reach, until_at.date() + reach).through(
        data.decode("utf-8-sig", "replace")
    )
    return "\r\n".join([*kept, "END:VCALENDAR", ""])


class _Walk:
    """One pass over the lines of a file."""

    def __init__(self, from_day: date, until_day: date) -> None:
        self.days = (from_day, until_day)
        self.open: list[str] = []
        self.entry = _Entry()
        self.repeating = 0
        self.seen = False

    def through(self, text: str) -> Iterator[str]:
        """The lines to keep."""
        for line in _unfolded(text):
            head = line.upper()
            if head.startswith("BEGIN:"):
                self._begin(head[6:].strip())
            if self.open and self.open[-1] == "VEVENT" and len(self.open) == 2:
                self._note(line)
            elif "VTIMEZONE" in self.open[:2]:
                yield line
            if head.startswith("END:"):
                yield from self._end(head[4:].strip())
        if self.open or not self.seen:
            raise not_a_calendar()

    def _begin(self, name: str) -> None:
        if (not self.open) != (name == "VCALENDAR"):
            raise not_a_calendar()
        self.open.append(name)
        self.seen = True
        if len(self.open) > DEEPEST:
            raise not_a_calendar()
        if name == "VEVENT":
            self.entry = _Entry()

    def _note(self, line: str) -> None:
        name = line.partition(":")[0].partition(";")[0].upper()
        if name not in KEPT:
            return
        if len(line) > LONGEST_LINE:
            raise too_large()
        if name == "RRULE":
            _check_rule(line)
        self.entry.lines.append(line)
        self.entry.names.add(name)
        if name == "DTSTART":
            self.entry.first = _day(line)
        if name == "DTEND":
            self.entry.last = _day(line)

    def _end(self, name: str) -> Iterator[str]:
        if not self.open or self.open.pop() != name:
            raise not_a_calendar()
        if name != "VEVENT" or len(self.open) != 1 or not self.entry.concerns(*self.days):
            return
        self.repeating += bool(self.entry.names & ALWAYS_KEPT)
        if self.repeating > MOST_REPEATING:
            raise too_large()
        yield from ("BEGIN:VEVENT", *self.entry.lines, "END:VEVENT")


def _unfolded(text: str) -> Iterator[str]:
    """The lines as they were before they were folded (RFC 5545, 3.1), each to a little over the longest that is read."""
    held: list[str] = []
    length = 0
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise too_large()
    for line in lines:
        if line[:1] in (" ", "\t"):
            if held and length <= LONGEST_LINE:
                held.append(line[1:])
                length += len(line)
            continue
        if held:
            yield "".join(held)
        held, length = [line], len(line)
    if held:
        yield "".join(held)


def _check_rule(line: str) -> None:
    rule = line.upper().partition(":")[2]
    if any(f"FREQ={often}" in rule for often in OFTEN):
        raise too_often()
    if any(
        f"{part}=" in rule and rule.partition(f"{part}=")[2].partition(";")[0].count(",") for part in SUMMED
    ):
        raise too_often()


def _day(line: str) -> date | None:
    """The day of ``DTSTART;TZID=…:20261123T090000``; None where it is none."""
    stamp = line.rpartition(":")[2].strip()[:8]
    try:
        return datetime.strptime(stamp, "%Y%m%d").date()  # noqa: DTZ007 - a day, not a moment
    except ValueError:
        return None
