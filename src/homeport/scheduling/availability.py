"""When therapists can be booked: their patterns, hours more, rules and what is taken, put together.

The number of queries is the same for one therapist and for two hundred.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
from django.db.models import Q

from homeport.core.clock import now
from homeport.people.offers import Format
from homeport.scheduling import reading
from homeport.scheduling.laid_out import joined, laid_out, spread, without
from homeport.scheduling.models import BookingRules
from homeport.scheduling.openings import NOWHERE, Busy, Minutes, Open, Rooms, Spans, Taken, Wanted, open_times
from homeport.scheduling.reading import SESSIONS, ARoom, Hours, Offered, Times, Weekly
from homeport.scheduling.wall_clock import moment

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
    hours, spans = _hours(therapists, asked)
    in_person = any(one.way == Format.IN_PERSON for one in offerings)
    rooms = reading.rooms({one.place_id for one in hours if one.place_id}) if in_person else []
    busy = reading.busy_times(
        therapists,
        [room.id for room in rooms],
        from_at=asked.from_at - AROUND,
        until_at=asked.until_at + AROUND,
        lapsed_at=now(),
    )
    places = sorted({one.place_id for one in (*hours, *busy) if one.place_id})
    spot = {place_id: index for index, place_id in enumerate(places)}
    taken = Taken(
        sessions=_busy([one for one in busy if one.kind == SESSIONS], number, spot),
        elsewhere=_busy([one for one in busy if one.kind != SESSIONS], number, spot),
        rooms=_as_rooms(rooms, busy, spot),
        travel={(spot[one], spot[other]): took for one, other, took in reading.ways(places)},
    )
    wanted, rows = _wanted(hours, offerings, number, spot, {room.id: at for at, room in enumerate(rooms)})
    found = open_times(wanted, spread(spans, rows), taken, earliest, latest, limit)
    return Found(therapists, offerings, places, found)


def _hours(therapists: Sequence[UUID], asked: Asked) -> tuple[list[Weekly | Hours], Spans]:
    """The patterns, and hours more, that can matter; and each stretch of open time that they make."""
    first, last = asked.from_at.date() - timedelta(days=1), asked.until_at.date() + timedelta(days=1)
    closed = reading.holidays(asked.from_at, asked.until_at)
    patterns = [one for one in reading.weekly(therapists, first, last) if _of_kind(one, asked)]
    more = [
        one for one in reading.hours_more(therapists, asked.from_at, asked.until_at) if _of_kind(one, asked)
    ]
    spans = laid_out(patterns, first, last)
    for place, begins, ends in closed:
        here = np.array([place in {None, one.place_id} for one in patterns], np.bool_)
        spans = without(spans, begins, ends, here)
    days = np.array([(one.begins, one.ends) for one in more], np.int64).reshape(-1, 2)
    spans = joined(spans, Spans(len(patterns) + np.arange(len(more)), days[:, 0], days[:, 1]))
    return [*patterns, *more], spans


def _of_kind(hours: Weekly | Hours, asked: Asked) -> bool:
    return not hours.kinds or asked.kind in hours.kinds


def _wanted(
    hours: Sequence[Weekly | Hours],
    offerings: Sequence[Offered],
    number: Mapping[UUID, int],
    spot: Mapping[UUID, int],
    room: Mapping[UUID, int],
) -> tuple[list[Wanted], Minutes]:
    """What can be met in which hours; and which hours those are."""
    by_therapist: dict[UUID, list[tuple[int, Offered]]] = defaultdict(list)
    for index, one in enumerate(offerings):
        by_therapist[one.therapist_id].append((index, one))
    wanted, rows = [], []
    for row, each in enumerate(hours):
        at = spot[each.place_id] if each.place_id else NOWHERE
        inside = room.get(each.room_id, NOWHERE) if each.room_id else NOWHERE
        for index, one in by_therapist[each.therapist_id]:
            in_person = one.way == Format.IN_PERSON
            # Nobody meets in a room without saying where.
            if (each.ways and one.way not in each.ways) or (in_person and at == NOWHERE):
                continue
            grid = one.step or one.minutes + one.before + one.after
            length = one.minutes, grid, one.before, one.after
            told = Wanted(number[one.therapist_id], at, inside, index, *length, one.places + 1, in_person)
            wanted.append(told)
            rows.append(row)
    return wanted, np.array(rows, np.int64)


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
    lengths = [len(one.begins) for one in known]
    places = [spot[one.place_id] if one.place_id else NOWHERE for one in known]
    return Busy(
        owner=np.repeat([number[one.resource_id] for one in known], lengths),
        begins=np.concatenate([one.begins for one in known]),
        ends=np.concatenate([one.ends for one in known]),
        place=np.repeat(places, lengths),
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
NOTHING = Found([], [], [], Open(_NONE, _NONE, _NONE, _NONE))
