"""Which times are open, as arithmetic on whole minutes for any number of therapists at once: no database, no clock.

Each therapist has a stretch of the number line to themselves (``LANE`` apart), so that the busy times of all of them lie in
one sorted array, and one binary search answers for every candidate. Fast because a page shows the next times of many.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Minutes = NDArray[np.int64]
Mask = NDArray[np.bool_]
# More minutes than from 1970 to the year 9999: no therapist's time touches another's.
LANE = 1 << 33
NOWHERE = -1


class Window(NamedTuple):
    """Open time of one therapist (by number), from one minute until another. ``place``, ``room``: numbers, or NOWHERE."""

    therapist: int
    begins: int
    ends: int
    place: int
    room: int


class Wanted(NamedTuple):
    """What is looked for in a window: an offering (by number), its length, grid and buffers, how many people need room."""

    offering: int
    minutes: int
    grid: int
    before: int
    after: int
    people: int
    in_person: bool


@dataclass(frozen=True, slots=True)
class Busy:
    """Times of one resource each, in step: ``owner`` (a number), begin, end, and place or NOWHERE."""

    owner: Minutes
    begins: Minutes
    ends: Minutes
    place: Minutes


@dataclass(frozen=True, slots=True)
class Rooms:
    """Every room by number: its place and how many fit; and when each is taken."""

    place: Sequence[int] = ()
    capacity: Sequence[int] = ()
    busy: Busy | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What is not free. ``sessions`` were booked here, with their buffers; ``elsewhere``: away, or busy in another calendar.

    ``travel``: minutes from place to place, both ways.
    """

    sessions: Busy
    elsewhere: Busy
    rooms: Rooms = field(default_factory=Rooms)
    travel: Mapping[tuple[int, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Open:
    """Open times in the order of therapist, begin, offering: numbers and minutes, all in step."""

    therapist: Minutes
    begins: Minutes
    offering: Minutes
    place: Minutes


def open_times(
    windows: Sequence[tuple[Window, Wanted]],
    taken: Taken,
    earliest: Minutes,
    latest: Minutes,
    limit: int | None,
) -> Open:
    """Every time that a meeting can begin. ``earliest``, ``latest``: by therapist; ``limit``: of each therapist at most."""
    if not windows:
        return Open(*(np.empty(0, np.int64) for _ in range(4)))
    told = np.array([(*window, *wanted) for window, wanted in windows], np.int64)
    found = _candidates(told)
    who, begins = found[:, 0], found[:, 1]
    found = found[(begins >= earliest[who]) & (begins < latest[who])]
    found = found[_free(found, taken)]
    found = found[np.lexsort((found[:, OFFERING], found[:, 1], found[:, 0]))]
    # Hours more may lie over a pattern: each time is told once.
    same = np.all(found[1:, [0, 1, OFFERING]] == found[:-1, [0, 1, OFFERING]], axis=1)
    found = found[np.concatenate(([True], ~same))] if len(found) else found
    if limit is not None and len(found):
        found = found[_rank(found[:, 0]) < limit]
    return Open(found[:, 0], found[:, 1], found[:, OFFERING], found[:, PLACE])


# The columns of a candidate: therapist, begin, end of window, place, room, and then those of Wanted.
PLACE, ROOM, OFFERING, LENGTH, _GRID, BEFORE, AFTER, PEOPLE, IN_PERSON = range(3, 12)


def _candidates(told: Minutes) -> Minutes:
    """Every begin on the grid of its window from which the meeting still ends within it."""
    room_for = told[:, 2] - told[:, 1] - told[:, LENGTH]
    number = np.where(room_for >= 0, room_for // told[:, _GRID] + 1, 0)
    found: Minutes = np.repeat(told, number, axis=0)
    begun = np.repeat(np.cumsum(number) - number, number)
    found[:, 1] += (np.arange(len(found)) - begun) * found[:, _GRID]
    return found


def _free(found: Minutes, taken: Taken) -> Mask:
    who, begins = found[:, 0], found[:, 1]
    ends = begins + found[:, LENGTH]
    free = ~_clashes(taken.sessions, who, begins - found[:, BEFORE], ends + found[:, AFTER])
    free &= ~_clashes(taken.elsewhere, who, begins, ends)
    if taken.travel:
        free &= _reachable(found, taken.sessions, taken.travel)
    if len(taken.rooms.place):
        free &= _has_room(found, taken.rooms)
    return free


def _clashes(busy: Busy, who: Minutes, begins: Minutes, ends: Minutes) -> Mask:
    """Whether each span overlaps a busy time of its owner. Busy times may overlap each other, in any order."""
    if not len(busy.owner):
        return np.zeros(len(who), np.bool_)
    order = np.argsort(busy.owner * LANE + busy.begins)
    starts = (busy.owner * LANE + busy.begins)[order]
    # The latest end of all that begin no later: what overlaps need not be the last that began.
    reach = np.maximum.accumulate((busy.owner * LANE + busy.ends)[order])
    before = np.searchsorted(starts, who * LANE + ends, side="left") - 1
    clash: Mask = (before >= 0) & (reach[before] > who * LANE + begins)
    return clash


def _reachable(found: Minutes, busy: Busy, travel: Mapping[tuple[int, int], int]) -> Mask:
    """Whether there is time for the way from the last place and to the next one."""
    placed = busy.place != NOWHERE
    if not placed.any():
        return np.ones(len(found), np.bool_)
    starts = (busy.owner * LANE + busy.begins)[placed]
    order = np.argsort(starts)
    starts, stops = starts[order], (busy.owner * LANE + busy.ends)[placed][order]
    places, owners = busy.place[placed][order], busy.owner[placed][order]
    size = 1 + max(int(places.max()), int(found[:, PLACE].max(initial=0)), *(max(pair) for pair in travel))
    way = np.zeros((size + 1, size + 1), np.int64)  # the last row and column: nowhere
    for (one, other), minutes in travel.items():
        way[one, other] = minutes
        way[other, one] = way[other, one] or minutes
    who, here = found[:, 0], found[:, PLACE]
    begins = who * LANE + found[:, 1]
    next_one = np.searchsorted(starts, begins, side="left")
    good: Mask = np.ones(len(found), np.bool_)
    for index, late in ((next_one - 1, False), (next_one, True)):
        there = (index >= 0) & (index < len(starts)) & (here != NOWHERE)
        at = np.clip(index, 0, len(starts) - 1)
        there &= owners[at] == who
        gap = starts[at] - begins - found[:, LENGTH] if late else begins - stops[at]
        good &= ~there | (gap >= way[here, places[at]])
    return good


def _has_room(found: Minutes, rooms: Rooms) -> Mask:
    """Whether, of those who meet in person at a place with rooms, one that is large enough is free."""
    good: Mask = np.ones(len(found), np.bool_)
    begins, ends = found[:, 1], found[:, 1] + found[:, LENGTH]
    asks = (found[:, IN_PERSON] == 1) & (found[:, PLACE] != NOWHERE)
    for place in sorted(set(rooms.place)):
        here = np.flatnonzero(asks & (found[:, PLACE] == place))
        if not len(here):
            continue
        fits = np.zeros(len(here), np.bool_)
        for number in (number for number, other in enumerate(rooms.place) if other == place):
            wanted = (found[here, ROOM] == NOWHERE) | (found[here, ROOM] == number)
            free = wanted & (found[here, PEOPLE] <= rooms.capacity[number])
            if rooms.busy is not None:
                owner = np.full(len(here), number, np.int64)
                free &= ~_clashes(rooms.busy, owner, begins[here], ends[here])
            fits |= free
        good[here] = fits
    return good


def _rank(who: Minutes) -> Minutes:
    """The place of each row among those of its therapist, from 0. Rows of one therapist follow each other."""
    begun: Any = np.flatnonzero(np.concatenate(([True], who[1:] != who[:-1])))
    lengths = np.diff(np.append(begun, len(who)))
    rank: Minutes = np.arange(len(who)) - np.repeat(begun, lengths)
    return rank


def cut(begins: int, ends: int, closed: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a span when the ``closed`` ones are taken out."""
    left = [(begins, ends)]
    for start, stop in closed:
        if stop <= begins or start >= ends:
            continue
        left = [
            piece
            for one, other in left
            for piece in ((one, min(other, start)), (max(one, stop), other))
            if piece[0] < piece[1]
        ]
    return left
