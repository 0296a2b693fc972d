"""Which times are open, as arithmetic on whole minutes for any number of therapists at once: no database, no clock.

Each therapist has a stretch of the number line to themselves (``LANE`` apart), so that the busy times of all of them lie in
one sorted array, and one binary search answers for every candidate. Fast because a page shows the next times of many.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Minutes = NDArray[np.int64]
Mask = NDArray[np.bool_]
# More minutes than from 1970 to the year 9999: no therapist's time touches another's.
LANE = 1 << 33
NOWHERE = -1


class Wanted(NamedTuple):
    """What is looked for in open time of one kind: whose and where (numbers, or NOWHERE), and what should fit in.

    ``minutes`` long, one every ``grid`` minutes, with quiet ``before`` and ``after``, and room for so many ``people``.
    """

    therapist: int
    place: int
    room: int
    offering: int
    minutes: int
    grid: int
    before: int
    after: int
    people: int
    in_person: bool


class Spans(NamedTuple):
    """Stretches of time, in step: which row of something else each belongs to, and from which minute until which."""

    which: Minutes
    begins: Minutes
    ends: Minutes


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


class _Candidates:
    """Times at which something could begin: rows of what is wanted, and minutes. The columns of those rows by name."""

    def __init__(self, columns: Mapping[str, Minutes], which: Minutes, begins: Minutes) -> None:
        self._columns, self._which, self.begins = columns, which, begins
        self.who = self["therapist"]
        self.ends = begins + self["minutes"]

    def __len__(self) -> int:
        return len(self.begins)

    def __getitem__(self, name: str) -> Minutes:
        return self._columns[name][self._which]

    def only(self, kept: Mask | Minutes) -> "_Candidates":
        """Some of them: those that a mask keeps, or the numbered ones in the order of their numbers."""
        return _Candidates(self._columns, self._which[kept], self.begins[kept])


def open_times(
    wanted: Sequence[Wanted],
    spans: Spans,
    taken: Taken,
    earliest: Minutes,
    latest: Minutes,
    limit: int | None,
) -> Open:
    """Every time that a meeting can begin. ``spans``: open time, each for one row of ``wanted``.

    ``earliest``, ``latest``: by therapist; ``limit``: of each therapist at most.
    """
    table = np.array(wanted, np.int64).reshape(-1, len(Wanted._fields))
    found = _candidates(dict(zip(Wanted._fields, table.T.copy(), strict=True)), spans)
    found = found.only((found.begins >= earliest[found.who]) & (found.begins < latest[found.who]))
    found = found.only(_free(found, taken))
    at, offering = found.who * LANE + found.begins, found["offering"]
    order = np.lexsort((offering, at))
    at, offering = at[order], offering[order]
    # Hours more may lie over a pattern: each time is told once.
    anew = np.ones(len(order), np.bool_)
    anew[1:] = (at[1:] != at[:-1]) | (offering[1:] != offering[:-1])
    found = found.only(order[anew])
    if limit is not None:
        found = found.only(_rank(found.who) < limit)
    return Open(found.who, found.begins, found["offering"], found["place"])


def runs(starts: Minutes, numbers: Minutes, steps: Minutes | int = 1) -> tuple[Minutes, Minutes]:
    """Many counts in a row: from each start so many numbers, so far apart. With each, which of the counts it is of."""
    which = np.repeat(np.arange(len(starts)), numbers)
    within = np.arange(len(which)) - np.repeat(np.cumsum(numbers) - numbers, numbers)
    step = steps if isinstance(steps, int) else steps[which]
    return which, starts[which] + within * step


def _candidates(columns: Mapping[str, Minutes], spans: Spans) -> _Candidates:
    """Every begin on the grid of its span from which the meeting still ends within it."""
    grid = columns["grid"][spans.which]
    room_for = spans.ends - spans.begins - columns["minutes"][spans.which]
    number = np.where(room_for >= 0, room_for // grid + 1, 0)
    span, begins = runs(spans.begins, number, grid)
    return _Candidates(columns, spans.which[span], begins)


def _free(found: _Candidates, taken: Taken) -> Mask:
    quiet = found.begins - found["before"], found.ends + found["after"]
    free = ~_clashes(taken.sessions, found.who, *quiet)
    free &= ~_clashes(taken.elsewhere, found.who, found.begins, found.ends)
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


def _reachable(found: _Candidates, busy: Busy, travel: Mapping[tuple[int, int], int]) -> Mask:
    """Whether there is time for the way from the last place and to the next one."""
    placed = busy.place != NOWHERE
    if not placed.any():
        return np.ones(len(found), np.bool_)
    starts = (busy.owner * LANE + busy.begins)[placed]
    order = np.argsort(starts)
    starts, stops = starts[order], (busy.owner * LANE + busy.ends)[placed][order]
    places, owners = busy.place[placed][order], busy.owner[placed][order]
    who, here = found.who, found["place"]
    size = 1 + max(int(places.max()), int(here.max(initial=0)), *(max(pair) for pair in travel))
    way = np.zeros((size + 1, size + 1), np.int64)  # the last row and column: nowhere
    for (one, other), minutes in travel.items():
        way[one, other] = minutes
        way[other, one] = way[other, one] or minutes
    begins = who * LANE + found.begins
    next_one = np.searchsorted(starts, begins, side="left")
    good: Mask = np.ones(len(found), np.bool_)
    for index, late in ((next_one - 1, False), (next_one, True)):
        there = (index >= 0) & (index < len(starts)) & (here != NOWHERE)
        at = np.clip(index, 0, len(starts) - 1)
        there &= owners[at] == who
        if late:
            enough = starts[at] - begins - found["minutes"] >= way[here, places[at]]
        else:
            enough = begins - stops[at] >= way[places[at], here]
        good &= ~there | enough
    return good


def _has_room(found: _Candidates, rooms: Rooms) -> Mask:
    """Whether, of those who meet in person at a place with rooms, one that is large enough is free."""
    good: Mask = np.ones(len(found), np.bool_)
    where, inside, people = found["place"], found["room"], found["people"]
    asks = (found["in_person"] == 1) & (where != NOWHERE)
    for place in sorted(set(rooms.place)):
        here = np.flatnonzero(asks & (where == place))
        if not len(here):
            continue
        fits = np.zeros(len(here), np.bool_)
        for number in (number for number, other in enumerate(rooms.place) if other == place):
            free = (inside[here] == NOWHERE) | (inside[here] == number)
            free &= people[here] <= rooms.capacity[number]
            if rooms.busy is not None:
                owner = np.full(len(here), number, np.int64)
                free &= ~_clashes(rooms.busy, owner, found.begins[here], found.ends[here])
            fits |= free
        good[here] = fits
    return good


def _rank(who: Minutes) -> Minutes:
    """The place of each row among those of its therapist, from 0. Rows of one therapist follow each other."""
    rank: Minutes = np.arange(len(who)) - np.searchsorted(who, who, side="left")
    return rank
