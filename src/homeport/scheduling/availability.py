"""When therapists can be booked: their patterns, hours more, rules and what is taken, put together from the tables.

The number of queries is the same for one therapist and for two hundred.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from django.db.models import Q

from homeport.core.clock import now
from homeport.people.offers import Format
from homeport.scheduling.busy import SESSIONS, Times, busy_times
from homeport.scheduling.models import Away, BookingRules, Extra, Offering, Pattern, Room, Travel
from homeport.scheduling.openings import (
    NOWHERE,
    Busy,
    Open,
    Rooms,
    Taken,
    Wanted,
    Window,
    cut,
    open_times,
)
from homeport.scheduling.wall_clock import minutes, minutes_of, moment

# What lies beyond what is asked about, but no further than this, can still be too near: buffers, and the way from a place.
AROUND = timedelta(hours=12)


class Hours(NamedTuple):
    """One stretch of open time, wherever it comes from."""

    therapist_id: UUID
    begins: int
    ends: int
    place_id: UUID | None
    room_id: UUID | None
    ways: Sequence[str]
    kinds: Sequence[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to know. ``by_practice``: the practice books, whom notice and horizon do not bind."""

    kind: str
    way: str | None
    from_at: datetime
    until_at: datetime
    by_practice: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The answer, with what its numbers stand for."""

    therapists: Sequence[UUID]
    offerings: Sequence[Offering]
    places: Sequence[UUID]
    open: Open


def rules_of(therapist_ids: Collection[UUID]) -> dict[UUID, BookingRules]:
    """The rules for each therapist: their own, or the practice's, or what holds where nobody wrote any. One query."""
    held = BookingRules.objects.filter(Q(therapist_id__in=therapist_ids) | Q(therapist=None))
    found = {rules.therapist_id: rules for rules in held}
    general = found.get(None) or BookingRules()
    return {therapist_id: found.get(therapist_id, general) for therapist_id in therapist_ids}


def openings(therapist_ids: Sequence[UUID], asked: Asked, limit: int | None) -> Found:
    """When these can be met. Seven queries at most, however many they are."""
    offerings = list(_offerings(therapist_ids, asked))
    offered = {offering.therapist_id for offering in offerings}
    therapists = [one for one in dict.fromkeys(therapist_ids) if one in offered]
    if not therapists or asked.from_at >= asked.until_at:
        return NOTHING
    number = {therapist_id: index for index, therapist_id in enumerate(therapists)}
    earliest, latest = _bounds(therapists, asked)
    # Nothing is laid out beyond what may be booked.
    asked = replace(asked, until_at=min(asked.until_at, moment(int(latest.max()))))
    if asked.from_at >= asked.until_at:
        return NOTHING
    hours = list(_hours(therapists, asked))
    in_person = any(offering.way == Format.IN_PERSON for offering in offerings)
    rooms = list(_rooms({one.place_id for one in hours if one.place_id})) if in_person else []
    busy = busy_times(
        therapists,
        [room.pk for room in rooms],
        from_at=asked.from_at - AROUND,
        until_at=asked.until_at + AROUND,
        lapsed_at=now(),
    )
    places = sorted(
        {one.place_id for one in hours if one.place_id}
        | {UUID(place) for one in busy for place in set(one.places) if place}
    )
    spot = {place_id: index for index, place_id in enumerate(places)}
    taken = Taken(
        sessions=_busy([one for one in busy if one.kind == SESSIONS], number, spot),
        elsewhere=_busy([one for one in busy if one.kind != SESSIONS], number, spot),
        rooms=_as_rooms(rooms, busy, spot),
        travel=_travel(spot),
    )
    windows = list(_windows(hours, offerings, number, spot, {room.pk: at for at, room in enumerate(rooms)}))
    return Found(therapists, offerings, places, open_times(windows, taken, earliest, latest, limit))


def _offerings(therapist_ids: Sequence[UUID], asked: Asked) -> Iterator[Offering]:
    wanted = Offering.objects.filter(therapist_id__in=therapist_ids, kind=asked.kind, is_open=True)
    if asked.way:
        wanted = wanted.filter(way=asked.way)
    if not asked.by_practice:
        wanted = wanted.filter(by_clients=True)
    return wanted.iterator()


def _hours(therapists: Sequence[UUID], asked: Asked) -> Iterator[Hours]:
    first, last = asked.from_at.date(), asked.until_at.date()
    near = Q(ends_at__gt=asked.from_at, begins_at__lt=asked.until_at)
    closed = list(Away.objects.filter(near, therapist=None).values_list("place_id", "begins_at", "ends_at"))
    patterns = Pattern.objects.filter(
        Q(until_day=None) | Q(until_day__gte=first - timedelta(days=1)),
        therapist_id__in=therapists,
        from_day__lte=last + timedelta(days=1),
    )
    for pattern in patterns.values_list(*PATTERN, named=True).iterator():
        shut = [(minutes(a), minutes(b)) for at, a, b in closed if at in {None, pattern.place_id}]
        for begins, ends in _days_of(pattern, first.toordinal() - 1, last.toordinal() + 1):
            for one, other in cut(begins, ends, shut) if shut else ((begins, ends),):
                yield Hours(
                    pattern.therapist_id,
                    one,
                    other,
                    pattern.place_id,
                    pattern.room_id,
                    pattern.ways,
                    pattern.kinds,
                )
    for extra in Extra.objects.filter(near, therapist_id__in=therapists).iterator():
        span = minutes(extra.begins_at), minutes(extra.ends_at)
        yield Hours(extra.therapist_id, *span, extra.place_id, extra.room_id, extra.ways, extra.kinds)


PATTERN = (
    "therapist_id", "weekday", "begins", "ends", "zone", "every", "from_day", "until_day", "place_id", "room_id",
    "ways", "kinds",
)  # fmt: skip


def _days_of(pattern: Any, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Begin and end of the pattern on each of its days from one ordinal to another."""
    begun = pattern.from_day.toordinal()
    monday = begun - pattern.from_day.weekday()
    step = 7 * pattern.every
    one = monday + pattern.weekday
    start = max(first, begun)
    one += max(0, -(-(start - one) // step)) * step
    last = min(last, pattern.until_day.toordinal()) if pattern.until_day else last
    for ordinal in range(one, last + 1, step):
        begins = minutes_of(pattern.zone, ordinal, pattern.begins)
        yield begins, minutes_of(pattern.zone, ordinal, pattern.ends)


def _rooms(place_ids: set[UUID]) -> Iterator[Room]:
    return Room.objects.filter(place_id__in=place_ids, is_open=True).order_by("capacity", "name").iterator()


def _windows(
    hours: Sequence[Hours],
    offerings: Sequence[Offering],
    number: Mapping[UUID, int],
    spot: Mapping[UUID, int],
    room: Mapping[UUID, int],
) -> Iterator[tuple[Window, Wanted]]:
    """Each stretch of open time with each offering that can be met in it."""
    wanted: dict[UUID, list[tuple[Offering, Wanted]]] = defaultdict(list)
    for index, one in enumerate(offerings):
        told = Wanted(
            index, one.minutes, one.grid, one.buffer_before, one.buffer_after, one.places + 1,
            one.way == Format.IN_PERSON,
        )  # fmt: skip
        wanted[one.therapist_id].append((one, told))
    for each in hours:
        at = spot[each.place_id] if each.place_id else NOWHERE
        inside = room.get(each.room_id, NOWHERE) if each.room_id else NOWHERE
        window = Window(number[each.therapist_id], each.begins, each.ends, at, inside)
        for offering, told in wanted[each.therapist_id]:
            by_way = not each.ways or offering.way in each.ways
            by_kind = not each.kinds or offering.kind in each.kinds
            # Nobody meets in a room without saying where.
            if by_way and by_kind and (at != NOWHERE or not told.in_person):
                yield window, told


def _bounds(therapists: Sequence[UUID], asked: Asked) -> tuple[Any, Any]:
    """From when until when each therapist can be booked by whoever asks."""
    present = now()
    earliest, latest = [], []
    for rules in rules_of(therapists).values():
        notice = timedelta() if asked.by_practice else timedelta(minutes=rules.notice)
        ends = asked.until_at
        if not asked.by_practice:
            ends = min(ends, present + timedelta(days=rules.horizon))
        # The next whole minute: nothing begins in the past.
        earliest.append(-(-max(asked.from_at, present + notice).timestamp() // 60))
        latest.append(-(-ends.timestamp() // 60))
    return np.array(earliest, np.int64), np.array(latest, np.int64)


def _busy(told: Sequence[Times], number: Mapping[UUID, int], spot: Mapping[UUID, int]) -> Busy:
    known = [one for one in told if one.resource_id in number]
    if not known:
        return _nothing().sessions
    at = {str(place_id): index for place_id, index in spot.items()}
    at |= {place_id.hex: index for place_id, index in spot.items()} | {"": NOWHERE}
    return Busy(
        owner=np.concatenate([np.full(len(one.begins), number[one.resource_id]) for one in known]),
        begins=np.concatenate([one.begins for one in known]),
        ends=np.concatenate([one.ends for one in known]),
        place=np.array([at[place] for one in known for place in one.places], np.int64),
    )


def _nothing() -> Taken:
    none = np.empty(0, np.int64)
    return Taken(Busy(none, none, none, none), Busy(none, none, none, none))


def _as_rooms(rooms: Sequence[Room], busy: Sequence[Times], spot: Mapping[UUID, int]) -> Rooms:
    number = {room.pk: index for index, room in enumerate(rooms)}
    return Rooms(
        place=[spot[room.place_id] for room in rooms],
        capacity=[room.capacity for room in rooms],
        busy=_busy([one for one in busy if one.kind == SESSIONS], number, spot) if rooms else None,
    )


def _travel(spot: Mapping[UUID, int]) -> dict[tuple[int, int], int]:
    if len(spot) < 2:
        return {}
    known = Travel.objects.filter(from_place_id__in=spot, to_place_id__in=spot)
    told = known.values_list("from_place_id", "to_place_id", "minutes")
    return {(spot[one], spot[other]): took for one, other, took in told}


NOTHING = Found([], [], [], open_times([], _nothing(), *(np.empty(0, np.int64),) * 2, None))
