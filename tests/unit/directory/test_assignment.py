"""Plans against every plan there is, and against filling places one by one."""

import builtins
import itertools
import math
import random
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from homeport.directory.assignment import (
    Fit,
    Fits,
    NoSolver,
    Seat,
    Seeker,
    assign,
    cost_of,
    greedy,
    measured,
)

pytest.importorskip("highspy", reason="the extra science is not installed")


def world(seed: int, people: int, therapists: int) -> tuple[list[Seeker], list[Seat], Fits]:
    chance = random.Random(seed)
    seekers = [
        Seeker(UUID(int=n + 1), chance.randrange(200), chance.choice([0, 0, 1, 2])) for n in range(people)
    ]
    seats = [Seat(UUID(int=1000 + n), chance.randrange(3)) for n in range(therapists)]
    pairs = itertools.product(seekers, seats)
    fits = {
        (one.id, seat.id): Fit(chance.uniform(0, 100), chance.uniform(0, 40))
        for one, seat in pairs
        if chance.random() < 0.7
    }
    return seekers, seats, fits


def every_plan(seekers: list[Seeker], seats: list[Seat], fits: Fits) -> float:
    """The least that any plan costs, by trying all of them."""
    places = {seat.id: seat.places for seat in seats}
    least = math.inf
    choices = [[None, *(seat.id for seat in seats if (one.id, seat.id) in fits)] for one in seekers]
    for chosen in itertools.product(*choices):
        if all(chosen.count(seat) <= places[seat] for seat in places):
            pairs = {one.id: seat for one, seat in zip(seekers, chosen, strict=True) if seat is not None}
            least = min(least, cost_of(pairs, seekers, seats, fits))
    return least


@pytest.mark.parametrize("seed", range(12))
def test_nothing_is_better_and_it_says_so(seed: int) -> None:
    seekers, seats, fits = world(seed, 5, 4)
    plan = assign(seekers, seats, fits)
    assert plan.is_proved
    assert plan.cost == pytest.approx(every_plan(seekers, seats, fits))
    assert plan.cost == pytest.approx(cost_of(plan.pairs, seekers, seats, fits))


@pytest.mark.parametrize("seed", range(6))
def test_it_keeps_to_places_and_pairs_and_beats_filling_one_by_one(seed: int) -> None:
    seekers, seats, fits = world(seed, 60, 25)
    plan, by_hand = assign(seekers, seats, fits), greedy(seekers, seats, fits)
    for each in (plan, by_hand):
        assert all(pair in fits for pair in each.pairs.items())
        for seat in seats:
            assert sum(taken == seat.id for taken in each.pairs.values()) <= seat.places
    assert plan.cost <= by_hand.cost + 1e-9
    ours, theirs = measured(plan, seekers, seats, fits), measured(by_hand, seekers, seats, fits)
    assert ours.placed >= theirs.placed
    assert ours.urgent_waiting <= theirs.urgent_waiting


def test_whoever_is_in_danger_goes_before_whoever_waited_long_and_both_before_the_rest() -> None:
    seat = Seat(UUID(int=9), 1)
    new, long, urgent = Seeker(UUID(int=1), 3, 0), Seeker(UUID(int=2), 170, 0), Seeker(UUID(int=3), 1, 2)
    fits = {(one.id, seat.id): Fit(50) for one in (new, long, urgent)}
    assert set(assign([new, long, urgent], [seat], fits).pairs) == {urgent.id}
    assert set(assign([new, long], [seat], {k: v for k, v in fits.items() if k[0] != urgent.id}).pairs) == {
        long.id
    }


def test_two_small_disappointments_are_better_than_one_large_one() -> None:
    one, other, a, b = (UUID(int=n) for n in range(1, 5))
    fits = {(one, a): Fit(90), (one, b): Fit(60), (other, a): Fit(90), (other, b): Fit(85)}
    plan = assign([Seeker(one), Seeker(other)], [Seat(a, 1), Seat(b, 1)], fits)
    assert plan.pairs == {one: a, other: b}


def test_places_are_filled_evenly_where_nothing_else_decides() -> None:
    people = [Seeker(UUID(int=n)) for n in range(1, 5)]
    seats = [Seat(UUID(int=100), 4), Seat(UUID(int=101), 4)]
    fits = {(one.id, seat.id): Fit(70) for one in people for seat in seats}
    assert measured(assign(people, seats, fits), people, seats, fits).unevenness == 0


def test_with_nobody_or_nowhere_to_go_it_is_quiet() -> None:
    lone = Seeker(UUID(int=1), 5)
    assert assign([], [], {}).pairs == {}
    plan = assign([lone], [Seat(UUID(int=2), 0)], {(lone.id, UUID(int=2)): Fit(80)})
    assert plan.pairs == {}
    assert measured(plan, [lone], [], {}).waiting == 1


def test_without_the_solver_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *more: Any, **also: Any) -> Any:
        if name == "highspy":
            raise ImportError(name)
        return real(name, *more, **also)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(NoSolver, match="pip install 'homeport"):
        assign([Seeker(UUID(int=1))], [], {})


@pytest.mark.parametrize("seed", range(6))
def test_whoever_is_held_keeps_their_place_and_nothing_is_better_around_it(seed: int) -> None:
    seekers, seats, fits = world(seed, 5, 4)
    places = {seat.id: seat.places for seat in seats}
    who, seat = next(pair for pair in fits if places[pair[1]])
    held = [replace(one, held=one.id == who, urgency=2 if one.id != who else 0) for one in seekers]
    open_to = {pair: fit for pair, fit in fits.items() if pair[0] != who or pair[1] == seat}
    plan = assign(held, seats, open_to)
    assert plan.pairs[who] == seat, "however urgent the others are"
    assert greedy(held, seats, open_to).pairs[who] == seat
    assert plan.is_proved
    assert plan.cost == pytest.approx(every_plan(held, seats, open_to))
