"""Free times worked out a second time, plainly and slowly: row by row, with `datetime` and `zoneinfo` alone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from homeport.core.clock import now
from homeport.scheduling.models import (
    Away,
    BookingRules,
    BusyTime,
    Extra,
    Occupancy,
    Offering,
    Pattern,
    Room,
    Travel,
)

Piece = tuple[datetime, datetime]
Time = tuple[datetime, UUID]  # when, and which offering


def plain_times(
    therapist_id: UUID,
    *,
    kind: str,
    way: str | None,
    from_at: datetime,
    until_at: datetime,
    by_practice: bool,
) -> dict[Time, set[UUID | None]]:
    """Every time that can be had with this therapist, and the places at which it can."""
    rules = (
        BookingRules.objects.filter(therapist_id=therapist_id).first()
        or BookingRules.objects.filter(therapist=None).first()
        or BookingRules()
    )
    earliest, latest = max(from_at, now()), until_at
    if not by_practice:
        earliest = max(earliest, now() + timedelta(minutes=rules.notice))
        latest = min(latest, now() + timedelta(days=rules.horizon))
    offerings = Offering.objects.filter(therapist_id=therapist_id, kind=kind, is_open=True)
    found: dict[Time, set[UUID | None]] = {}
    for offering in offerings:
        if (way and offering.way != way) or not (offering.by_clients or by_practice):
            continue
        step = offering.step or offering.minutes + offering.buffer_before + offering.buffer_after
        for hours, (begins, ends) in _pieces(therapist_id, offering, from_at, until_at):
            at = begins
            while at + timedelta(minutes=offering.minutes) <= ends:
                if earliest <= at < latest and _is_free(hours, offering, at):
                    found.setdefault((at, offering.pk), set()).add(hours.place_id)
                at += timedelta(minutes=step)
    return found


def _pieces(
    therapist_id: UUID, offering: Offering, from_at: datetime, until_at: datetime
) -> Iterator[tuple[Any, Piece]]:
    """Open time in which this can be met, with the row that opens it."""
    days = [from_at.date() + timedelta(days=n) for n in range(-3, (until_at - from_at).days + 4)]
    for pattern in Pattern.objects.filter(therapist_id=therapist_id):
        shut = [
            one for one in Away.objects.filter(therapist=None) if one.place_id in {None, pattern.place_id}
        ]
        for day in days:
            if _fits(pattern, offering) and _holds_on(pattern, day):
                pieces = [(_wall(day, pattern.begins, pattern.zone), _wall(day, pattern.ends, pattern.zone))]
                for one in shut:
                    pieces = [left for piece in pieces for left in _without(piece, one)]
                yield from ((pattern, piece) for piece in pieces)
    for extra in Extra.objects.filter(therapist_id=therapist_id):
        if _fits(extra, offering):
            yield extra, (extra.begins_at, extra.ends_at)


def _holds_on(pattern: Pattern, day: date) -> bool:
    if day.weekday() != pattern.weekday or day < pattern.from_day or (pattern.until_day or day) < day:
        return False
    mondays = [one - timedelta(days=one.weekday()) for one in (pattern.from_day, day)]
    return ((mondays[1] - mondays[0]).days // 7) % pattern.every == 0


def _fits(hours: Any, offering: Offering) -> bool:
    if (hours.kinds and offering.kind not in hours.kinds) or (hours.ways and offering.way not in hours.ways):
        return False
    return offering.way != "in_person" or hours.place_id is not None


def _wall(day: date, minute: int, zone: str) -> datetime:
    day, minute = day + timedelta(days=minute // 1440), minute % 1440
    return datetime.combine(day, time(*divmod(minute, 60)), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _without(piece: Piece, away: Away) -> list[Piece]:
    begins, ends = piece
    if away.ends_at <= begins or away.begins_at >= ends:
        return [piece]
    pieces = [(begins, away.begins_at), (away.ends_at, ends)]
    return [(one, other) for one, other in pieces if one < other]


def _is_free(hours: Any, offering: Offering, at: datetime) -> bool:
    ends = at + timedelta(minutes=offering.minutes)
    quiet = (
        at - timedelta(minutes=offering.buffer_before),
        ends + timedelta(minutes=offering.buffer_after),
    )
    if any(_overlaps(one, *quiet) for one in _held(offering.therapist_id)):
        return False
    elsewhere = (*BusyTime.objects.filter(therapist=offering.therapist_id),)
    away = (*Away.objects.filter(therapist=offering.therapist_id),)
    if any(_overlaps(one, at, ends) for one in (*elsewhere, *away)):
        return False
    return _is_reachable(hours, offering, at, ends) and _has_room(hours, offering, at, ends)


def _held(resource_id: UUID) -> list[Occupancy]:
    rows = Occupancy.objects.filter(resource_id=resource_id)
    return [one for one in rows if one.lapses_at is None or one.lapses_at > now()]


def _overlaps(row: Any, begins: datetime, ends: datetime) -> bool:
    return bool(row.begins_at < ends and row.ends_at > begins)


def _is_reachable(hours: Any, offering: Offering, at: datetime, ends: datetime) -> bool:
    if hours.place_id is None:
        return True
    placed = [one for one in _held(offering.therapist_id) if one.place_id]
    before = max((one for one in placed if one.begins_at < at), key=lambda one: one.begins_at, default=None)
    after = min((one for one in placed if one.begins_at >= at), key=lambda one: one.begins_at, default=None)
    if before and at - before.ends_at < _way(before.place_id, hours.place_id):
        return False
    return not (after and after.begins_at - ends < _way(hours.place_id, after.place_id))


def _way(one: UUID | None, other: UUID | None) -> timedelta:
    there = Travel.objects.filter(from_place=one, to_place=other).first()
    back = Travel.objects.filter(from_place=other, to_place=one).first()
    taken = there or back
    return timedelta(minutes=taken.minutes if taken else 0)


def _has_room(hours: Any, offering: Offering, at: datetime, ends: datetime) -> bool:
    rooms = list(Room.objects.filter(place=hours.place_id, is_open=True))
    if offering.way != "in_person" or not rooms:
        return True
    named = [room for room in rooms if room.pk == hours.room_id]
    return any(
        room.capacity > offering.places and not any(_overlaps(one, at, ends) for one in _held(room.pk))
        for room in named or rooms
    )
