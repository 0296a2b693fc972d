"""When therapists can be booked: their patterns, hours more, rules and what is taken, put together.

The number of queries is the same for one therapist and for two hundred.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
from django.db.models import Q

from homeport.core.clock import now
from homeport.people.offers import Format
from homeport.scheduling import reading
from homeport.scheduling.models import BookingRules
from homeport.scheduling.openings import (
    NOWHERE,
    Busy,
    Minutes,
    Open,
    Rooms,
    Taken,
    Wanted,
    Window,
    cut,
    open_times,
)
from homeport.scheduling.reading import SESSIONS, ARoom, Hours, Offered, Times, Weekly
from homeport.scheduling.wall_clock import minutes_of, moment

# What lies beyond what is asked about, but no further than this, can still be too near: buffers, and the way from a place.
AROUND = timedelta(hours=12)


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
    offerings: Sequence[Offered]
    places: Sequence[UUID]
    open: Open


def rules_of(therapist_ids: Collection[UUID]) -> dict[UUID, BookingRules]:
    """The rules for each therapist: their own, or the practice's, or what holds where nobody wrote any. One query."""
    held = BookingRules.objects.filter(Q(therapist_id__in=therapist_ids) | Q(therapist=None))
    found = {rules.therapist_id: rules for rules in held}
    general = found.get(None) or BookingRules()
    return {therapist_id: found.get(therapist_id, general) for therapist_id in therapist_ids}


def openings(therapist_ids: Sequence[UUID], asked: Asked, limit: int | None) -> Found:
    """When these can be met. Eight queries at most, however many they are."""
    offerings = reading.offered(therapist_ids, asked.kind, asked.way, by_clients=not asked.by_practice)
    offering = {one.therapist_id for one in offerings}
    therapists = [one for one in dict.fromkeys(therapist_ids) if one in offering]
    if not therapists:
        return NOTHING
    number = {therapist_id: index for index, therapist_id in enumerate(therapists)}
    earliest, latest = _bounds(therapists, asked)
    # Nothing is laid out beyond what may be booked.
    asked = replace(asked, until_at=min(asked.until_at, moment(int(latest.max()))))
    if asked.from_at >= asked.until_at:
        return NOTHING
    hours = list(_hours(therapists, asked))
    in_person = any(one.way == Format.IN_PERSON for one in offerings)
    rooms = reading.rooms({one.place_id for one in hours if one.place_id}) if in_person else []
    busy = reading.busy_times(
        therapists,
        [room.id for room in rooms],
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
        travel={(spot[one], spot[other]): took for one, other, took in reading.ways(places)},
    )
    windows = list(_windows(hours, offerings, number, spot, {room.id: at for at, room in enumerate(rooms)}))
    return Found(therapists, offerings, places, open_times(windows, taken, earliest, latest, limit))


def _hours(therapists: Sequence[UUID], asked: Asked) -> Iterator[Hours]:
    """Every stretch of open time that can matter, in any order."""
    first, last = asked.from_at.date() - timedelta(days=1), asked.until_at.date() + timedelta(days=1)
    closed = reading.holidays(asked.from_at, asked.until_at)
    for pattern in reading.weekly(therapists, first, last):
        if pattern.kinds and asked.kind not in pattern.kinds:
            continue
        shut = [(begins, ends) for place, begins, ends in closed if place in {None, pattern.place_id}]
        beside = pattern.place_id, pattern.room_id, pattern.ways, pattern.kinds
        for begins, ends in _days_of(pattern, first.toordinal(), last.toordinal()):
            for one, other in cut(begins, ends, shut) if shut else ((begins, ends),):
                yield Hours(pattern.therapist_id, one, other, *beside)
    for one_day in reading.hours_more(therapists, asked.from_at, asked.until_at):
        if not one_day.kinds or asked.kind in one_day.kinds:
            yield one_day


def _days_of(pattern: Weekly, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Begin and end of the pattern on each of its days from one ordinal to another."""
    begun = pattern.from_day.toordinal()
    step = 7 * pattern.every
    one = begun - pattern.from_day.weekday() + pattern.weekday
    one += max(0, -(-(max(first, begun) - one) // step)) * step
    last = min(last, pattern.until_day.toordinal()) if pattern.until_day else last
    for ordinal in range(one, last + 1, step):
        begins = minutes_of(pattern.zone, ordinal, pattern.begins)
        yield begins, minutes_of(pattern.zone, ordinal, pattern.ends)


def _windows(
    hours: Sequence[Hours],
    offerings: Sequence[Offered],
    number: Mapping[UUID, int],
    spot: Mapping[UUID, int],
    room: Mapping[UUID, int],
) -> Iterator[tuple[Window, Wanted]]:
    """Each stretch of open time with each offering that can be met in it."""
    wanted: dict[UUID, list[tuple[str, Wanted]]] = defaultdict(list)
    for index, one in enumerate(offerings):
        grid = one.step or one.minutes + one.before + one.after
        in_person = one.way == Format.IN_PERSON
        told = Wanted(index, one.minutes, grid, one.before, one.after, one.places + 1, in_person)
        wanted[one.therapist_id].append((one.way, told))
    for each in hours:
        at = spot[each.place_id] if each.place_id else NOWHERE
        inside = room.get(each.room_id, NOWHERE) if each.room_id else NOWHERE
        window = Window(number[each.therapist_id], each.begins, each.ends, at, inside)
        for way, told in wanted[each.therapist_id]:
            # Nobody meets in a room without saying where.
            if (not each.ways or way in each.ways) and (at != NOWHERE or not told.in_person):
                yield window, told


def _bounds(therapists: Sequence[UUID], asked: Asked) -> tuple[Minutes, Minutes]:
    """From when until when each therapist can be booked by whoever asks."""
    present = now()
    earliest, latest = [], []
    for rules in reading.bounds(therapists).values():
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
        return NO_TIMES
    at = {str(place_id): index for place_id, index in spot.items()}
    at |= {place_id.hex: index for place_id, index in spot.items()} | {"": NOWHERE}
    return Busy(
        owner=np.concatenate([np.full(len(one.begins), number[one.resource_id]) for one in known]),
        begins=np.concatenate([one.begins for one in known]),
        ends=np.concatenate([one.ends for one in known]),
        place=np.array([at[place] for one in known for place in one.places], np.int64),
    )


def _as_rooms(rooms: Sequence[ARoom], busy: Sequence[Times], spot: Mapping[UUID, int]) -> Rooms:
    if not rooms:
        return Rooms()
    number = {room.id: index for index, room in enumerate(rooms)}
    return Rooms(
        place=[spot[room.place_id] for room in rooms],
        capacity=[room.capacity for room in rooms],
        busy=_busy([one for one in busy if one.kind == SESSIONS], number, spot),
    )


_NONE = np.empty(0, np.int64)
NO_TIMES = Busy(_NONE, _NONE, _NONE, _NONE)
NOTHING = Found([], [], [], open_times([], Taken(NO_TIMES, NO_TIMES), _NONE, _NONE, None))
