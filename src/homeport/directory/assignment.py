"""Bring many waiting people and therapists together at once, and prove that it cannot be done better.

A transport problem. Each person goes to one therapist they may go to, or waits on; each therapist takes as many as they have
places. What it costs, in order of weight: that somebody waits on (more for whoever is in danger and for whoever has waited
long), that somebody goes to a therapist who suits them less than the best (the square of the difference in points: two small
disappointments are better than one large one), that somebody in danger has a late first time, and that places are filled
unevenly (each further place of one therapist costs more than the one before). All constraints are those of a network, so
that a corner of the linear programme is whole. That nothing is better is proved by the prices of its rows, worked out here.

Pure: no database. ``highspy`` comes with the extra ``science`` and is imported when it is needed.
"""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from types import ModuleType
from typing import Any
from uuid import UUID

import numpy as np
from django.utils.translation import gettext_noop

from homeport.core.errors import HomeportError

# What it costs that somebody waits on, by urgency; a day of waiting adds to it, up to half a year.
WAITS_ON = (1_000.0, 2_000.0, 4_000.0)
A_DAY, MOST_DAYS = 2.0, 180
# More than all others together: what a human chose is never given up for somebody else.
HELD = 10_000_000.0
# Of a difference of all hundred points; of a day until the first time, by urgency; of the last place beyond the first.
DIFFERENCE, DAY_LATE, UNEVEN = 100.0, (0.0, 0.25, 0.75), 4.0
SECONDS = 10.0
MISSING = gettext_noop(
    "Proposals need the package highspy. Whoever runs this machine can add it: pip install 'homeport[science]'."
)


class NoSolver(HomeportError):
    """``highspy`` is not installed."""


@dataclass(frozen=True, slots=True)
class Seeker:
    """A waiting person. ``urgency``: 0 can wait, 1 soon, 2 urgent. ``held``: a human chose for them; they do not wait on."""

    id: UUID
    days: int = 0
    urgency: int = 0
    held: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """A therapist with so many places for new people."""

    id: UUID
    places: int


@dataclass(frozen=True, slots=True)
class Fit:
    """How well the two suit, of a hundred points, and in how many days the first time is."""

    points: float
    days: float = 0.0


Fits = Mapping[tuple[UUID, UUID], Fit]
Numbers = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Plan:
    """Who goes to whom; whoever is not in ``pairs`` waits on. ``gap``: 0 where it is proved that nothing is better."""

    pairs: Mapping[UUID, UUID]
    cost: float
    gap: float
    seconds: float

    @property
    def is_proved(self) -> bool:
        """Whether nothing is better."""
        return self.gap <= 1e-9


@dataclass(frozen=True, slots=True)
class Measures:
    """What a plan is like. Regret: points below the best that each person could have had at all."""

    placed: int
    waiting: int
    urgent_waiting: int
    mean_regret: float
    worst_regret: float
    unevenness: float
    longest_wait_left: int
    days_to_first: float


def assign(seekers: Sequence[Seeker], seats: Sequence[Seat], fits: Fits, *, seconds: float = SECONDS) -> Plan:
    """The plan that costs least. Only pairs in ``fits`` come about. Raises ``NoSolver`` without ``highspy``."""
    solver = _solver()
    begun = time.perf_counter()
    if not seekers:
        return Plan({}, 0.0, 0.0, 0.0)
    best = _best(fits)
    asking, having = {each.id for each in seekers}, {each.id for each in seats if each.places}
    arcs = [(who, seat) for who, seat in fits if who in asking and seat in having]
    costs = _costs(seekers, seats, fits, arcs, best)
    values, cost, gap = _solve(solver, seekers, seats, arcs, costs, seconds)
    pairs = {who: seat for (who, seat), value in zip(arcs, values, strict=False) if value > 0.5}
    return Plan(pairs, cost, gap, time.perf_counter() - begun)


def greedy(seekers: Sequence[Seeker], seats: Sequence[Seat], fits: Fits) -> Plan:
    """What somebody would do by hand: the most urgent first, then who waited longest, each to the best that is left."""
    begun = time.perf_counter()
    left = {seat.id: seat.places for seat in seats}
    by_seeker: dict[UUID, list[tuple[float, UUID]]] = {}
    for (who, seat), fit in fits.items():
        by_seeker.setdefault(who, []).append((-fit.points, seat))
    pairs: dict[UUID, UUID] = {}
    for seeker in sorted(seekers, key=lambda each: (not each.held, -each.urgency, -each.days, each.id)):
        for _points, seat in sorted(by_seeker.get(seeker.id, [])):
            if left.get(seat, 0) > 0:
                pairs[seeker.id] = seat
                left[seat] -= 1
                break
    return Plan(pairs, cost_of(pairs, seekers, seats, fits), float("nan"), time.perf_counter() - begun)


def cost_of(
    pairs: Mapping[UUID, UUID], seekers: Sequence[Seeker], seats: Sequence[Seat], fits: Fits
) -> float:
    """What any plan costs, by the same measure."""
    best, places = _best(fits), {seat.id: seat.places for seat in seats}
    whole = 0.0
    for seeker in seekers:
        seat = pairs.get(seeker.id)
        whole += (
            _waits_on(seeker)
            if seat is None
            else _pair(seeker, fits[seeker.id, seat], best.get(seeker.id, 0.0))
        )
    for seat_id, number in Counter(pairs.values()).items():
        whole += sum(_place(each, places[seat_id]) for each in range(number))
    return whole


def measured(plan: Plan, seekers: Sequence[Seeker], seats: Sequence[Seat], fits: Fits) -> Measures:
    """What the plan is like, for whoever decides about it."""
    best = _best(fits)
    left = [each for each in seekers if each.id not in plan.pairs]
    regrets = [best[who] - fits[who, seat].points for who, seat in plan.pairs.items()] or [0.0]
    taken = Counter(plan.pairs.values())
    shares = [taken[seat.id] / seat.places for seat in seats if seat.places]
    mean = sum(shares) / len(shares) if shares else 0.0
    spread = sqrt(sum((share - mean) ** 2 for share in shares) / len(shares)) if shares else 0.0
    days = [fits[who, seat].days for who, seat in plan.pairs.items()] or [0.0]
    return Measures(
        placed=len(plan.pairs),
        waiting=len(left),
        urgent_waiting=sum(each.urgency == len(WAITS_ON) - 1 for each in left),
        mean_regret=sum(regrets) / len(regrets),
        worst_regret=max(regrets),
        unevenness=spread,
        longest_wait_left=max((each.days for each in left), default=0),
        days_to_first=sum(days) / len(days),
    )


def _best(fits: Fits) -> dict[UUID, float]:
    best: dict[UUID, float] = {}
    for (who, _seat), fit in fits.items():
        best[who] = max(best.get(who, 0.0), fit.points)
    return best


def _waits_on(seeker: Seeker) -> float:
    return HELD if seeker.held else WAITS_ON[seeker.urgency] + A_DAY * min(seeker.days, MOST_DAYS)


def _pair(seeker: Seeker, fit: Fit, best: float) -> float:
    below = max(0.0, best - fit.points) / 100
    return DIFFERENCE * below * below + DAY_LATE[seeker.urgency] * min(fit.days, 60.0)


def _place(number: int, places: int) -> float:
    """The cost of the place ``number`` (the first is 0) of ``places``."""
    return UNEVEN * number / max(1, places)


def _costs(
    seekers: Sequence[Seeker],
    seats: Sequence[Seat],
    fits: Fits,
    arcs: Sequence[tuple[UUID, UUID]],
    best: Mapping[UUID, float],
) -> Numbers:
    """Of each arc, then of each person's waiting on, then of each place."""
    by_id = {seeker.id: seeker for seeker in seekers}
    going = (_pair(by_id[who], fits[who, seat], best[who]) for who, seat in arcs)
    waiting = (_waits_on(seeker) for seeker in seekers)
    filling = (_place(number, seat.places) for seat in seats for number in range(seat.places))
    return np.fromiter((*going, *waiting, *filling), dtype=np.float64)


def _solve(
    solver: ModuleType,
    seekers: Sequence[Seeker],
    seats: Sequence[Seat],
    arcs: Sequence[tuple[UUID, UUID]],
    costs: Numbers,
    seconds: float,
) -> tuple[Sequence[float], float, float]:
    """(value of each variable, cost, gap)."""
    starts, index, value = _columns(seekers, seats, arcs)
    bounds = np.array([1.0] * len(seekers) + [0.0] * len(seats))
    programme = solver.HighsLp()
    programme.num_col_, programme.num_row_ = len(costs), len(bounds)
    programme.col_cost_, programme.col_lower_, programme.col_upper_ = (
        costs, np.zeros(len(costs)), np.ones(len(costs)),
    )  # fmt: skip
    programme.row_lower_ = programme.row_upper_ = bounds
    programme.a_matrix_.format_ = solver.MatrixFormat.kColwise
    programme.a_matrix_.start_, programme.a_matrix_.index_, programme.a_matrix_.value_ = starts, index, value
    highs = solver.Highs()
    # Simplex, which ends in a corner: in a network every corner is whole.
    for name, chosen in (
        ("output_flag", False),
        ("time_limit", seconds),
        ("solver", "simplex"),
        ("threads", 1),
    ):
        highs.setOptionValue(name, chosen)
    highs.passModel(programme)
    highs.run()
    found = np.array(highs.getSolution().col_value)
    if (
        highs.getModelStatus() != solver.HighsModelStatus.kOptimal
        or np.abs(found - found.round()).max() > 1e-6
    ):
        raise HomeportError(gettext_noop("No plan was found in time. Try again with fewer people."))
    cost = float(costs @ found.round())
    return (
        found.tolist(),
        cost,
        _gap(cost, costs, bounds, np.array(highs.getSolution().row_dual), starts, index, value),
    )


def _columns(
    seekers: Sequence[Seeker], seats: Sequence[Seat], arcs: Sequence[tuple[UUID, UUID]]
) -> tuple[Any, Any, Numbers]:
    """The matrix by columns. A person's row: all their arcs and their waiting on are one. A therapist's: who comes is as
    many as places filled."""
    row = {seeker.id: number for number, seeker in enumerate(seekers)}
    seat_row = {seat.id: len(seekers) + number for number, seat in enumerate(seats)}
    places = [seat_row[seat.id] for seat in seats for _ in range(seat.places)]
    going = [number for who, seat in arcs for number in (row[who], seat_row[seat])]
    index = np.array([*going, *range(len(seekers)), *places], dtype=np.int32)
    value = np.concatenate([np.ones(len(going) + len(seekers)), -np.ones(len(places))])
    lengths = np.array([0] + [2] * len(arcs) + [1] * (len(seekers) + len(places)))
    return np.cumsum(lengths).astype(np.int32), index, value


def _gap(
    cost: float, costs: Numbers, bounds: Numbers, prices: Numbers, starts: Any, index: Any, value: Numbers
) -> float:
    """How far the plan can be from the best at all, as a part of its cost.

    Worked out here and not believed: any prices of the rows give a bound that no plan undercuts (weak duality).
    """
    reduced = costs - np.add.reduceat(value * prices[index], starts[:-1])
    bound = float(bounds @ prices + np.minimum(reduced, 0.0).sum())
    gap = (cost - bound) / max(1.0, abs(cost))
    return 0.0 if gap < 1e-9 else gap


def _solver() -> ModuleType:
    try:
        import highspy
    except ImportError as error:
        raise NoSolver(MISSING) from error
    found: ModuleType = highspy
    return found
