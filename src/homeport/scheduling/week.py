"""A therapist's week, laid out by days: meetings, and when they are away or busy elsewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from homeport.scheduling.models import Away, BusyTime, Extra, Occupancy, Pattern
from homeport.scheduling.presenters import Meeting

Span = tuple[datetime, datetime, str, Meeting | None, str, UUID | None]
QUARTER, LONGEST = 15, 64
EARLY, LATE = 8, 18


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of one day. ``row`` and ``rows``: quarter hours from the top of the page, for the eye."""

    begins_at: datetime
    ends_at: datetime
    what: str
    row: int
    rows: int
    meeting: Meeting | None = None
    name: str = ""
    source_id: UUID | None = None


@dataclass
class WeekDay:
    """One day: what is on it in order, and the hours that are open."""

    date: date
    is_today: bool
    blocks: list[Block] = field(default_factory=list)
    hours: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Week:
    """Some days side by side. ``hours``: the labels at the side, with their rows."""

    days: list[WeekDay]
    hours: list[tuple[int, int]]


def bounds(first: date, count: int) -> tuple[datetime, datetime]:
    """From the beginning of a day, where the reader is, through so many days."""
    here, end = timezone.get_current_timezone(), first + timedelta(days=count)
    return datetime(first.year, first.month, first.day, tzinfo=here), datetime(
        end.year, end.month, end.day, tzinfo=here
    )


def week_of(therapist_id: UUID, found: Sequence[Meeting], first: date, count: int, today: date) -> Week:
    """The days from ``first`` on with these meetings and first calls. Five queries, however much is on them."""
    begin, end = bounds(first, count)
    near = Q(therapist_id=therapist_id, ends_at__gt=begin, begins_at__lt=end)
    closed = Q(therapist=None, place=None, ends_at__gt=begin, begins_at__lt=end)
    spans: list[Span] = [(one.begins_at, one.ends_at, "meeting", one, "", None) for one in found]
    spans += [
        (one.begins_at, one.ends_at, "away", None, one.name, None)
        for one in Away.objects.filter(near | closed)
    ]
    spans += [(one.begins_at, one.ends_at, "busy", None, "", None) for one in BusyTime.objects.filter(near)]
    spans += [
        (one.begins_at, one.ends_at, "call", None, "", one.source_id)
        for one in first_calls(therapist_id, begin, end)
    ]
    days = {
        first + timedelta(days=number): WeekDay(first + timedelta(days=number), False)
        for number in range(count)
    }
    for day in days.values():
        day.is_today = day.date == today
    top, bottom = _reach(spans)
    for begins, ends, what, meeting, name, source_id in sorted(spans, key=lambda span: (span[0], span[1])):
        for day, one, other in _cut(begins, ends, days):
            day.blocks.append(_block(one, other, top, what, meeting, name, source_id))
    _open_hours(therapist_id, days, near)
    labels = [(hour, (hour - top) * 60 // QUARTER + 1) for hour in range(top, bottom)]
    return Week(list(days.values()), labels)


def first_calls(therapist_id: UUID, begin: datetime, end: datetime) -> list[Occupancy]:
    """First calls whose time is kept: asked for, or said yes to. Who asked stands on the request (``source_id``) alone."""
    kept = Occupancy.objects.filter(resource_id=therapist_id, what=Occupancy.What.FIRST_CALL, lapses_at=None)
    return list(kept.filter(ends_at__gt=begin, begins_at__lt=end).order_by("begins_at"))


def _reach(spans: Iterable[Span]) -> tuple[int, int]:
    """The first and the last hour that the page shows: the usual ones, and those of every meeting."""
    met = [
        (timezone.localtime(one), timezone.localtime(other))
        for one, other, what, *_ in spans
        if what in {"meeting", "call"}
    ]
    earliest = min((one.hour for one, _other in met), default=EARLY)
    latest = max((other.hour + bool(other.minute) for _one, other in met), default=LATE)
    return min(EARLY, earliest), max(LATE, latest)


def _cut(
    begins: datetime, ends: datetime, days: dict[date, WeekDay]
) -> Iterable[tuple[WeekDay, datetime, datetime]]:
    """A span by the days that it touches."""
    for day in days.values():
        start, stop = bounds(day.date, 1)
        one, other = max(begins, start), min(ends, stop)
        if one < other:
            yield day, timezone.localtime(one), timezone.localtime(other)


def _block(
    one: datetime,
    other: datetime,
    top: int,
    what: str,
    meeting: Meeting | None,
    name: str,
    source_id: UUID | None,
) -> Block:
    minute = max(0, one.hour * 60 + one.minute - top * 60)
    lasts = int((other - one).total_seconds() // 60)
    rows = max(2, min(LONGEST, -(-lasts // QUARTER)))
    return Block(one, other, what, min(95, minute // QUARTER) + 1, rows, meeting, name, source_id)


def _open_hours(therapist_id: UUID, days: dict[date, WeekDay], near: Q) -> None:
    for pattern in Pattern.objects.filter(therapist_id=therapist_id).order_by("begins"):
        for day in days.values():
            if holds_on(pattern, day.date):
                day.hours.append((_clock(pattern.begins), _clock(pattern.ends)))
    for extra in Extra.objects.filter(near).order_by("begins_at"):
        for day, one, other in _cut(extra.begins_at, extra.ends_at, days):
            day.hours.append((f"{one:%H:%M}", f"{other:%H:%M}"))


def holds_on(pattern: Pattern, day: date) -> bool:
    """Whether the pattern opens that day, by its own wall."""
    if day.weekday() != pattern.weekday or day < pattern.from_day:
        return False
    monday = pattern.from_day - timedelta(days=pattern.from_day.weekday())
    weeks = (day - monday).days // 7
    return weeks % pattern.every == 0 and (pattern.until_day is None or day <= pattern.until_day)


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"
