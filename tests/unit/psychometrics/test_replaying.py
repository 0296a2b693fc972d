"""Replaying many people: the same test as one at a time, and what it must reach on the shared file."""

import numpy as np
import pytest
from numpy.typing import NDArray

from homeport.core.errors import HomeportError
from homeport.psychometrics import AdaptiveRules, AdaptiveTest, ItemBank, replay, summarise
from homeport.psychometrics.engine import REASONS, person_seeds
from homeport.psychometrics.replaying import best_fixed_form

Pair = tuple[ItemBank, ItemBank]
People = tuple[NDArray[np.int8], NDArray[np.int8]]


@pytest.mark.parametrize(
    ("rules", "correlation"),
    [
        (AdaptiveRules(), 0.0),
        (AdaptiveRules(se=0.40, exposure=3), 0.0),
        (AdaptiveRules(exposure=5, stall=0.015, max_items=9), 0.0),
        (AdaptiveRules(se=0.40, exposure=3, stall=0.02), 0.4),
        (AdaptiveRules(se=1.0, reversed_share=0.0, min_total=11), 0.0),
    ],
)
def test_the_batch_and_the_single_step_agree_person_by_person(
    ecr: Pair, simulated: People, rules: AdaptiveRules, correlation: float
) -> None:
    count = 60
    keyed = [part[:count].copy() for part in simulated]
    keyed[0][::4, ::3] = -1  # some questions passed over
    test = AdaptiveTest(ecr, rules, correlation=correlation)
    batch = replay(test, keyed, seed=77)
    laid = [item for bank in ecr for item in bank.items]
    seeds = person_seeds(77, count)
    for person in range(count):
        state = test.start(int(seeds[person]))
        while (item := (step := test.step(state)).item) is not None:
            scale = 0 if item in ecr[0] else 1
            bank, index = ecr[scale], ecr[scale].position(item)
            value = int(keyed[scale][person, index])
            raw = None if value < 0 else bank.low + (4 - value if bank.reversed[index] else value)
            state = test.answer(state, item, raw)
        asked = [laid[place] for place in batch.order[person] if place >= 0]
        assert asked == [item for item, _ in state.answers]
        assert batch.theta[person] == pytest.approx([e.theta for e in step.estimates.values()], abs=1e-7)
        assert batch.se[person] == pytest.approx([e.se for e in step.estimates.values()], abs=1e-7)
        assert [REASONS[code] for code in batch.stops[person]] == list(step.stopped.values())


def test_it_is_deterministic_under_a_seed(ecr: Pair, simulated: People) -> None:
    test = AdaptiveTest(ecr, AdaptiveRules(exposure=3))
    first, again, other = (replay(test, simulated, seed=seed) for seed in (5, 5, 6))
    assert (first.order == again.order).all()
    assert (first.order != other.order).any()


def test_a_chunk_boundary_changes_nothing(
    ecr: Pair, simulated: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = AdaptiveTest(ecr, AdaptiveRules(exposure=3))
    whole = replay(test, simulated, seed=5)
    monkeypatch.setattr("homeport.psychometrics.replaying.CHUNK", 33)
    assert (replay(test, simulated, seed=5).order == whole.order).all()


@pytest.mark.parametrize(
    ("rules", "items", "r"),
    [
        pytest.param(AdaptiveRules(se=0.32), 15, 0.965, id="se .32"),
        pytest.param(AdaptiveRules(se=0.32, exposure=3), 16, 0.965, id="se .32, exposure control"),
        pytest.param(AdaptiveRules(se=0.40), 9, 0.94, id="se .40"),
        pytest.param(AdaptiveRules(se=0.40, exposure=3), 9, 0.94, id="se .40, exposure control"),
    ],
)
def test_what_issue_2_asks_of_the_shared_file(
    ecr: Pair, people: People, rules: AdaptiveRules, items: int, r: float
) -> None:
    test = AdaptiveTest(ecr, rules)
    found = summarise(test, people, replay(test, people, seed=1))
    assert found.respondents == 36_222
    assert found.items_median_total <= items
    assert min(found.r.values()) >= r
    assert all(found.r[scale] > found.r_fixed[scale] for scale in found.r)


@pytest.mark.parametrize(
    ("scale", "se", "items"),
    [(0, 0.40, 5.2), (0, 0.32, 9.2), (0, 0.30, 10.9), (1, 0.40, 4.7), (1, 0.32, 7.1), (1, 0.30, 8.3)],
)
def test_simulated_people_need_as_many_items_as_the_facts_say(
    ecr: Pair, scale: int, se: float, items: float
) -> None:
    """facts/instruments.md section 6 [calc]: maximum information, EAP, at least four, theta ~ N(0, 1)."""
    bank = ecr[scale]
    generator = np.random.default_rng(1)
    theta = generator.standard_normal(4000)
    below = np.cumsum(bank.probabilities(theta), axis=2)[:, :, :-1]
    keyed = (generator.random((4000, 18, 1)) > below).sum(axis=2)
    found = replay(AdaptiveTest((bank,), AdaptiveRules(se=se, reversed_share=0.0)), [keyed])
    assert found.asked.mean() == pytest.approx(items, abs=0.3)
    if se == 0.32:
        assert np.sqrt(np.mean((found.theta[:, 0] - theta) ** 2)) == pytest.approx(0.31, abs=0.02)


def test_exposure_control_spreads_the_questions(ecr: Pair, simulated: People) -> None:
    shares = []
    for exposure in (1, 3):
        found = replay(AdaptiveTest(ecr, AdaptiveRules(exposure=exposure)), simulated, seed=2)
        asked = np.bincount(found.order[found.order >= 0], minlength=36) / len(found.order)
        shares.append(asked.max())
    assert shares[0] == 1.0
    assert shares[1] < 0.98


def test_the_best_fixed_form(ecr: Pair) -> None:
    assert [ecr[0].items[i] for i in best_fixed_form(ecr[0], 4)] == ["q02", "q06", "q08", "q18"]


def test_the_summary_counts_who_became_precise(ecr: Pair, simulated: People) -> None:
    test = AdaptiveTest(ecr, AdaptiveRules(se=0.32, max_items=7))
    result = replay(test, simulated)
    found = summarise(test, simulated, result)
    precise = (result.stops == REASONS.index("precise")).all(axis=1)
    assert 0.1 < found.se_reached_share < 0.9
    assert found.se_reached_share == pytest.approx(precise.mean(), abs=0.05)
    assert found.items_median_total == np.median(result.asked.sum(axis=1)) <= 14
    assert found.items_mean_total == pytest.approx((result.order >= 0).sum() / 400)


def test_nobody_is_replayed_without_complaint(ecr: Pair) -> None:
    empty = [np.empty((0, 18), dtype=np.int8)] * 2
    assert replay(AdaptiveTest(ecr), empty).theta.shape == (0, 2)


def test_answers_that_do_not_fit_are_refused(ecr: Pair, simulated: People) -> None:
    with pytest.raises(HomeportError, match="same people"):
        replay(AdaptiveTest(ecr), simulated[:1])
    with pytest.raises(HomeportError, match="same people"):
        replay(AdaptiveTest(ecr), [simulated[0], simulated[1][:5]])
