"""Which times are open: the arithmetic on whole arrays against the plain question, asked minute by minute."""

import random

import numpy as np
import pytest

from homeport.scheduling.laid_out import spread, without
from homeport.scheduling.openings import NOWHERE, Busy, Rooms, Spans, Taken, Wanted, open_times

DAY = 1440
BASE = 30_000_000


def in_step(*rows: tuple[int, int, int]) -> Spans:
    told = np.array(rows, np.int64).reshape(-1, 3)
    return Spans(*(told[:, column] for column in range(3)))


def some_busy(chance: random.Random, owners: int, number: int, places: int) -> Busy:
    rows = []
    for _ in range(number):
        begins = BASE + chance.randrange(0, 2 * DAY, 5)
        place = chance.choice([NOWHERE, *range(places)])
        rows.append((chance.randrange(owners), begins, begins + chance.randrange(5, 120, 5), place))
    told = np.array(rows, np.int64).reshape(-1, 4)
    return Busy(*(told[:, column] for column in range(4)))


def plainly(wanted: Wanted, begins: int, taken: Taken) -> bool:
    """The same question about one candidate, one condition after the other."""
    ends = begins + wanted.minutes

    def clash(busy: Busy, owner: int, start: int, stop: int) -> bool:
        rows = zip(busy.owner, busy.begins, busy.ends, strict=True)
        return any(who == owner and one < stop and other > start for who, one, other in rows)

    if clash(taken.sessions, wanted.therapist, begins - wanted.before, ends + wanted.after):
        return False
    if clash(taken.elsewhere, wanted.therapist, begins, ends):
        return False
    if wanted.in_person and wanted.place in taken.rooms.place and taken.rooms.busy is not None:
        fits = [
            number
            for number, place in enumerate(taken.rooms.place)
            if place == wanted.place
            and wanted.room in {NOWHERE, number}
            and taken.rooms.capacity[number] >= wanted.people
            and not clash(taken.rooms.busy, number, begins, ends)
        ]
        return bool(fits)
    return True


@pytest.mark.parametrize("seed", range(25))
def test_every_open_time_is_open_and_no_other(seed: int) -> None:
    chance = random.Random(seed)
    wanted, told = [], []
    for _ in range(12):
        begins = BASE + chance.randrange(0, 2 * DAY, 15)
        place = chance.choice((NOWHERE, 0, 1))
        told.append((begins, begins + chance.randrange(10, 500)))
        wanted.append(
            Wanted(
                chance.randrange(3), place, chance.choice((NOWHERE, 0)), chance.randrange(2), chance.choice((15, 50, 90)),
                chance.choice((15, 30, 60)), chance.choice((0, 5)), chance.choice((0, 10)), chance.choice((2, 3)),
                place != NOWHERE,
            )
        )  # fmt: skip
    taken = Taken(
        sessions=some_busy(chance, 3, 8, 2),
        elsewhere=some_busy(chance, 3, 8, 2),
        rooms=Rooms([0, 0, 1], [2, 4, 2], some_busy(chance, 3, 6, 2)),
    )
    earliest = np.full(3, BASE + chance.randrange(DAY), np.int64)
    latest = np.full(3, BASE + chance.randrange(DAY, 2 * DAY), np.int64)
    spans = in_step(*((row, *span) for row, span in enumerate(told)))
    found = open_times(wanted, spans, taken, earliest, latest, None)
    expected = {
        (one.therapist, begins, one.offering)
        for one, (start, stop) in zip(wanted, told, strict=True)
        for begins in range(start, stop - one.minutes + 1, one.grid)
        if earliest[0] <= begins < latest[0] and plainly(one, begins, taken)
    }
    open_ = list(zip(found.therapist.tolist(), found.begins.tolist(), found.offering.tolist(), strict=True))
    assert open_ == sorted(expected)
    first = open_times(wanted, spans, taken, earliest, latest, 2)
    by_therapist = {who: [one for one in open_ if one[0] == who][:2] for who in range(3)}
    assert len(first.begins) == sum(len(some) for some in by_therapist.values())


def at(*rows: tuple[int, int, int, int]) -> Busy:
    told = np.array(rows, np.int64).reshape(-1, 4)
    return Busy(*(told[:, column] for column in range(4)))


def test_the_way_from_one_place_to_another_takes_its_time() -> None:
    session = at((0, BASE + 600, BASE + 660, 0), (0, BASE + 660, BASE + 700, NOWHERE))
    taken = Taken(session, at(), travel={(0, 1): 45})
    bounds = np.array([BASE], np.int64), np.array([BASE + DAY], np.int64)

    def begins(place: int) -> list[int]:
        wanted = Wanted(0, place, NOWHERE, 0, 30, 15, 0, 0, 2, True)
        spans = in_step((0, BASE + 480, BASE + 840))
        return [one - BASE for one in open_times([wanted], spans, taken, *bounds, None).begins.tolist()]

    assert begins(0) == [*range(480, 571, 15), *range(705, 811, 15)]
    assert begins(1) == [480, 495, 510, 525, 705, 720, 735, 750, 765, 780, 795, 810]
    assert begins(NOWHERE) == [*range(480, 571, 15), *range(705, 811, 15)]


def test_there_may_be_longer_than_back() -> None:
    session = at((0, BASE + 600, BASE + 660, 0))
    taken = Taken(session, at(), travel={(0, 1): 45, (1, 0): 15})
    bounds = np.array([BASE], np.int64), np.array([BASE + DAY], np.int64)
    wanted = Wanted(0, 1, NOWHERE, 0, 30, 15, 0, 0, 2, True)
    found = open_times([wanted], in_step((0, BASE + 480, BASE + 840)), taken, *bounds, None).begins - BASE
    # From the hill to the harbour in a quarter of an hour, back up in three.
    assert found.tolist() == [480, 495, 510, 525, 540, 555, *range(705, 811, 15)]


def test_what_is_taken_out_is_not_left() -> None:
    spans = in_step((0, 0, 100), (1, 0, 100), (1, 200, 300))
    for begins, ends in ((10, 20), (15, 30), (90, 200), (300, 400)):
        spans = without(spans, begins, ends, np.array([False, True]))
    left = sorted(zip(*(column.tolist() for column in spans), strict=True))
    assert left == [(0, 0, 100), (1, 0, 10), (1, 30, 90), (1, 200, 300)]
    assert not len(without(spans, 0, 300, np.array([True, True])).which)


def test_each_span_for_all_that_can_be_met_in_it() -> None:
    found = spread(in_step((2, 5, 6), (0, 1, 2), (2, 3, 4)), np.array([2, 0, 1, 2]))
    told = list(zip(*(column.tolist() for column in found), strict=True))
    assert told == [(0, 5, 6), (0, 3, 4), (1, 1, 2), (3, 5, 6), (3, 3, 4)]


def test_nothing_is_open_where_nobody_works() -> None:
    none = np.empty(0, np.int64)
    assert not len(open_times([], in_step(), Taken(at(), at()), none, none, None).begins)
    short = Wanted(0, NOWHERE, NOWHERE, 0, 50, 60, 0, 10, 2, False)
    bounds = np.array([0], np.int64), np.array([BASE * 2], np.int64)
    spans = in_step((0, BASE, BASE + 20))
    assert not len(open_times([short], spans, Taken(at(), at()), *bounds, 3).begins)
