"""Replaying real answers: what the adaptive test would have asked, and how close it would have come."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homeport.core.errors import HomeportError
from homeport.psychometrics.adaptive import AdaptiveTest
from homeport.psychometrics.bank import NODES, ItemBank
from homeport.psychometrics.engine import OPEN, IntArray, Progress, person_seeds
from homeport.psychometrics.estimation import eap_many
from homeport.psychometrics.graded import FloatArray

CHUNK = 8192


@dataclass(frozen=True)
class Replay:
    """P people, S scales, T questions of all banks together.

    theta, se: (P, S) when the test ended. asked: (P, S). stops: (P, S), the reason as a place in
    ``engine.REASONS``. order: (P, T) what was asked, as a place in the banks laid end to end; then -1.
    """

    theta: FloatArray
    se: FloatArray
    asked: IntArray
    stops: IntArray
    order: NDArray[np.int16]


@dataclass(frozen=True)
class ReplaySummary:
    """What a replay amounts to. ``r``, ``r_fixed`` and ``rmse`` are per scale, against the full-scale EAP.

    items_median_total, items_mean_total: questions in all. se_reached_share: people whose every scale got as
    precise as the rules ask. r_fixed: the best fixed form as long as the median adaptive test of that scale
    (the items with most information over the population). items_median: per scale.
    """

    respondents: int
    items_median_total: float
    items_mean_total: float
    items_median: dict[str, float]
    r: dict[str, float]
    r_fixed: dict[str, float]
    rmse: dict[str, float]
    se_reached_share: float


def replay(test: AdaptiveTest, keyed: Sequence[NDArray[np.integer]], *, seed: int = 0) -> Replay:
    """Run the test on people whose answers are known.

    keyed: per bank, keyed answers with -1 for missing, (people, items of the bank); a missing answer counts
    as passed over. Person i takes the very test that ``test.start(int(person_seeds(seed, P)[i]))`` gives.
    Raises HomeportError when the arrays do not fit the banks.
    """
    people = {len(part) for part in keyed}
    shapes = [part.shape[1:] for part in keyed]
    if len(people) != 1 or shapes != [(len(bank),) for bank in test.banks]:
        raise HomeportError("A replay needs the same people's answers to every question of each bank.")
    count = people.pop()
    seeds = person_seeds(seed, count)
    parts = [
        _replay_chunk(test, [part[start : start + CHUNK] for part in keyed], seeds[start : start + CHUNK])
        for start in range(0, max(count, 1), CHUNK)
    ]
    columns = zip(*((p.theta, p.se, p.asked, p.stops, p.order) for p in parts), strict=True)
    return Replay(*(np.concatenate(column) for column in columns))


def _replay_chunk(
    test: AdaptiveTest, keyed: Sequence[NDArray[np.integer]], seeds: NDArray[np.uint64]
) -> Replay:
    engine, count = test.engine, len(seeds)
    answers = np.full((count, engine.scales, engine.items), -1, dtype=np.int64)
    for bank, part in enumerate(keyed):
        answers[:, bank, : part.shape[1]] = part
    offsets = np.concatenate([[0], np.cumsum(engine.lengths)[:-1]])
    progress = engine.fresh(count)
    likelihood = np.zeros((count, engine.scales, len(NODES)))
    order = np.full((count, int(engine.lengths.sum())), -1, dtype=np.int16)
    stops = engine.stops(progress)
    for column in range(order.shape[1]):
        active = np.flatnonzero((stops == OPEN).any(axis=1))
        if not len(active):
            break
        scale, item = engine.choose(progress[active], stops[active], seeds[active])
        order[active, column] = offsets[scale] + item
        _record(test, progress, likelihood, (active, scale, item), answers[active, scale, item])
        stops[active] = engine.stops(progress[active])
    return Replay(progress.theta, progress.se, progress.asked.sum(axis=-1), stops, order)


def _record(
    test: AdaptiveTest,
    progress: Progress,
    likelihood: FloatArray,
    place: tuple[IntArray, IntArray, IntArray],
    keyed: IntArray,
) -> None:
    """Take one answer of each active person into their standing."""
    engine, (people, scale, item) = test.engine, place
    told = keyed >= 0
    progress.asked[people, scale, item] = True
    progress.answered[people, scale] += told
    likelihood[people, scale] += engine.log_probability[scale, item, keyed]
    before = progress.se[people, scale]
    if engine.joint is None:
        theta, se = engine.estimate(likelihood[people, scale])
        progress.theta[people, scale], progress.se[people, scale] = theta, se
    else:
        progress.theta[people], progress.se[people] = engine.estimate(likelihood[people])
    if test.rules.stall is not None:
        hardly = before - progress.se[people, scale] < test.rules.stall
        running = np.where(hardly, progress.small[people, scale] + 1, 0)
        progress.small[people, scale] = np.where(told, running, progress.small[people, scale])


def summarise(test: AdaptiveTest, keyed: Sequence[NDArray[np.integer]], result: Replay) -> ReplaySummary:
    """Compare a replay with the full scales and with the best fixed forms of the same length."""
    total = result.asked.sum(axis=1)
    r, r_fixed, rmse, median = {}, {}, {}, {}
    for scale, (bank, part) in enumerate(zip(test.banks, keyed, strict=True)):
        full = eap_many(bank, part).theta
        length = round(float(np.median(result.asked[:, scale])))
        fixed = np.where(np.isin(np.arange(len(bank)), best_fixed_form(bank, length)), part, -1)
        median[bank.scale] = float(np.median(result.asked[:, scale]))
        r[bank.scale] = _correlation(full, result.theta[:, scale])
        r_fixed[bank.scale] = _correlation(full, eap_many(bank, fixed).theta)
        rmse[bank.scale] = float(np.sqrt(np.mean((full - result.theta[:, scale]) ** 2)))
    return ReplaySummary(
        respondents=len(total),
        items_median_total=float(np.median(total)),
        items_mean_total=float(total.mean()),
        items_median=median,
        r=r,
        r_fixed=r_fixed,
        rmse=rmse,
        se_reached_share=float((result.se <= test.rules.se).all(axis=1).mean()),
    )


def best_fixed_form(bank: ItemBank, length: int) -> NDArray[np.int64]:
    """The ``length`` items with most information over a standard-normal population, as places in the bank."""
    weight = np.exp(-0.5 * NODES**2)
    expected = weight @ bank.information(NODES)
    return np.sort(np.argsort(-expected, kind="stable")[:length])


def _correlation(first: FloatArray, second: FloatArray) -> float:
    if len(first) < 2 or not (first.std() > 0 and second.std() > 0):
        return float("nan")
    return float(np.corrcoef(first, second)[0, 1])
