"""The adaptive test, one person at a time."""

import json
from itertools import pairwise

import numpy as np
import pytest

from homeport.core.errors import HomeportError
from homeport.psychometrics import AdaptiveRules, AdaptiveState, AdaptiveStep, AdaptiveTest, ItemBank, eap

Pair = tuple[ItemBank, ItemBank]


def run(
    test: AdaptiveTest, seed: int = 0, answer: dict[str, int | None] | int | None = 3
) -> tuple[AdaptiveState, list[AdaptiveStep]]:
    """Take the whole test, with one answer to everything or with answers by item."""
    state, steps = test.start(seed), []
    while True:
        steps.append(test.step(state))
        item = steps[-1].item
        if item is None:
            return state, steps
        state = test.answer(state, item, answer[item] if isinstance(answer, dict) else answer)


def test_it_starts_at_the_mean_with_the_most_telling_item(ecr: Pair) -> None:
    test = AdaptiveTest(ecr)
    step = test.step(test.start())
    assert [found.theta for found in step.estimates.values()] == pytest.approx([0, 0])
    best = ecr[0].items[int(ecr[0].information(0.0).argmax())]
    assert step.item == best
    assert (step.asked, step.progress) == (0, 0.0)


def test_each_item_is_the_most_telling_at_the_present_estimate(ecr: Pair) -> None:
    test = AdaptiveTest(ecr[:1], AdaptiveRules(reversed_share=0.0))
    state, steps = run(test, answer=4)
    for step, (item, _) in zip(steps, state.answers, strict=False):
        asked = {earlier for earlier, _ in state.answers[: step.asked]}
        worth = ecr[0].information(step.estimates["anxiety"].theta)
        left = [i for i, name in enumerate(ecr[0].items) if name not in asked]
        assert worth[ecr[0].position(item)] == pytest.approx(max(worth[left]), rel=0.01)


def test_estimates_are_those_of_scoring(ecr: Pair) -> None:
    state, steps = run(AdaptiveTest(ecr), answer=4)
    for bank in ecr:
        alone = eap(bank, bank.keyed_person(dict(state.answers)))
        assert steps[-1].estimates[bank.scale] == pytest.approx(alone, abs=1e-8)


def test_it_stops_when_both_scales_are_precise_and_not_before(ecr: Pair) -> None:
    for answer in (2, 3, 4):
        _, steps = run(AdaptiveTest(ecr), answer=answer)
        for step in steps:
            for scale, reason in step.stopped.items():
                assert (reason == "precise") <= (step.estimates[scale].se <= 0.32)
        assert all(steps[-1].stopped.values())


def test_the_least_number_is_kept(ecr: Pair) -> None:
    """Four a scale, and one more in all when there are two scales."""
    _, steps = run(AdaptiveTest(ecr, AdaptiveRules(se=1.0)))
    assert steps[-1].asked == 9
    _, steps = run(AdaptiveTest(ecr[:1], AdaptiveRules(se=1.0)))
    assert steps[-1].asked == 4
    _, steps = run(AdaptiveTest(ecr, AdaptiveRules(se=1.0, min_items=2, min_total=4)))
    assert steps[-1].asked == 4


def test_it_stops_on_length(ecr: Pair) -> None:
    _, steps = run(AdaptiveTest(ecr, AdaptiveRules(se=0.1, max_items=6)))
    assert steps[-1].asked == 12
    assert set(steps[-1].stopped.values()) == {"length"}


def test_it_stops_when_nothing_is_left(ecr: Pair) -> None:
    _, steps = run(AdaptiveTest(ecr, AdaptiveRules(se=0.05)))
    assert steps[-1].asked == 36
    assert set(steps[-1].stopped.values()) == {"exhausted"}


def test_it_stops_when_the_error_stalls(ecr: Pair) -> None:
    _, without = run(AdaptiveTest(ecr[1:], AdaptiveRules(se=0.2)), answer=1)
    state, steps = run(AdaptiveTest(ecr[1:], AdaptiveRules(se=0.2, stall=0.02)), answer=1)
    assert steps[-1].stopped == {"avoidance": "stalled"}
    assert steps[-1].asked < without[-1].asked
    errors = [step.estimates["avoidance"].se for step in steps]
    falls = [before - after for before, after in pairwise(errors)]
    assert max(falls[-2:]) < 0.02
    assert all(max(pair) >= 0.02 for pair in list(pairwise(falls))[2:-1])
    assert len(state.answers) == steps[-1].asked


@pytest.mark.parametrize("answer", [1, 2, 3, 4, 5])
def test_both_keyings_are_asked(ecr: Pair, answer: int) -> None:
    state, _ = run(AdaptiveTest(ecr, AdaptiveRules(reversed_share=0.4)), answer=answer)
    bank = ecr[1]
    turned = [bank.reversed[bank.position(item)] for item, _ in state.answers if item in bank]
    for count in range(3, len(turned) + 1):
        assert sum(turned[:count]) >= int(0.4 * count + 1e-9)
        assert count - sum(turned[:count]) >= int(0.4 * count + 1e-9)


def test_the_same_seed_gives_the_same_test_and_another_does_not(ecr: Pair) -> None:
    test = AdaptiveTest(ecr, AdaptiveRules(exposure=3))
    orders = {seed: tuple(item for item, _ in run(test, seed)[0].answers) for seed in range(30)}
    assert orders == {seed: tuple(item for item, _ in run(test, seed)[0].answers) for seed in range(30)}
    assert len(set(orders.values())) > 25
    first = {order[0] for order in orders.values()}
    best = np.argsort(-ecr[0].information(0.0))[:3]
    assert first == {ecr[0].items[i] for i in best}


def test_a_state_survives_storage_at_every_moment(ecr: Pair) -> None:
    test = AdaptiveTest(ecr, AdaptiveRules(exposure=3))
    state = test.start(2**64 - 1)
    while (item := test.step(state).item) is not None:
        again = AdaptiveState.from_json(state.to_json())
        assert again == state
        assert test.step(again).item == item
        state = test.answer(state, item, 2)
    assert len(state.to_json()) < 40 + 12 * len(state.answers)


def test_going_back_asks_the_same_again(ecr: Pair) -> None:
    test = AdaptiveTest(ecr, AdaptiveRules(exposure=3))
    state = test.start(4)
    item = test.step(state).item
    assert item is not None
    assert test.answer(state, item, 5).back() == state
    assert test.step(test.answer(state, item, 5).back()).item == item
    assert state.back() == state


def test_a_question_passed_over_tells_nothing_and_is_not_asked_again(ecr: Pair) -> None:
    test = AdaptiveTest(ecr)
    before = test.step(test.start())
    assert before.item is not None
    after = test.step(test.answer(test.start(), before.item, None))
    assert after.estimates == before.estimates
    assert after.item != before.item
    _, steps = run(test, answer=None)
    assert steps[-1].asked == 36
    assert set(steps[-1].stopped.values()) == {"exhausted"}


def test_progress_rises_to_the_end_and_tells_the_truth(ecr: Pair) -> None:
    test = AdaptiveTest(ecr)
    misses = []
    for answer in (2, 3, 4):
        _, steps = run(test, answer=answer)
        total = steps[-1].asked
        assert steps[-1].progress == 1.0
        assert all(step.progress < 1.0 for step in steps[:-1])
        assert all(step.asked + step.at_most >= total for step in steps)
        misses += [abs(step.asked + step.remaining - total) for step in steps]
    assert np.median(misses) <= 2


def test_a_correlated_prior_moves_the_other_scale(ecr: Pair) -> None:
    test = AdaptiveTest(ecr, correlation=0.6)
    step = test.step(AdaptiveState(0, (("q08", 5), ("q02", 5))))
    assert step.estimates["avoidance"].theta > 0.2
    assert step.estimates["avoidance"].se < 0.97


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        "not json",
        '{"s":1}',
        '{"s":-1,"a":[]}',
        '{"s":1.5,"a":[]}',
        '{"s":true,"a":[]}',
        '{"s":18446744073709551616,"a":[]}',
        '{"s":1,"a":[["q08"]]}',
        '{"s":1,"a":[["q08",true]]}',
        '{"s":1,"a":[["q08",1],["q08",2]]}',
        '{"s":1,"a":[[["q08"],1]]}',
        '{"s":1,"a":5}',
        "[" * 100_000,
    ],
)
def test_what_is_no_state_is_refused(text: str) -> None:
    with pytest.raises(HomeportError, match="not a saved adaptive test"):
        AdaptiveState.from_json(text)


def test_a_state_of_another_test_is_refused(ecr: Pair) -> None:
    test = AdaptiveTest(ecr)
    with pytest.raises(HomeportError, match="no question other"):
        test.step(AdaptiveState.from_json(json.dumps({"s": 1, "a": [["other", 1]]})))
    with pytest.raises(HomeportError, match="from 1 to 5"):
        test.step(AdaptiveState(0, (("q08", 9),)))
    with pytest.raises(HomeportError, match="twice"):
        test.step(AdaptiveState(0, (("q08", 1), ("q08", 1))))


def test_wrong_answers_are_refused(ecr: Pair) -> None:
    test = AdaptiveTest(ecr)
    state = test.answer(test.start(), "q08", 3)
    with pytest.raises(HomeportError, match="answered before"):
        test.answer(state, "q08", 3)
    with pytest.raises(HomeportError, match="no question q99"):
        test.answer(state, "q99", 3)
    with pytest.raises(HomeportError, match="from 1 to 5"):
        test.answer(state, "q02", 0)


def test_tests_and_rules_that_contradict_themselves_are_refused(ecr: Pair) -> None:
    for wrong in (
        {"se": 0.0},
        {"se": 2.0},
        {"min_items": 0},
        {"max_items": 3},
        {"min_total": 0},
        {"exposure": 0},
        {"reversed_share": 0.6},
        {"stall": 0.0},
    ):
        with pytest.raises(HomeportError):
            AdaptiveRules(**wrong)  # type: ignore[arg-type]
    with pytest.raises(HomeportError, match="share a question"):
        AdaptiveTest((ecr[0], ecr[0]))
    with pytest.raises(HomeportError, match="one bank, or over two"):
        AdaptiveTest(())
    with pytest.raises(HomeportError, match="between -1 and 1"):
        AdaptiveTest(ecr, correlation=1.0)
    with pytest.raises(HomeportError, match="seed"):
        AdaptiveTest(ecr).start(-1)


def test_forward_questions_get_their_share_where_reversed_ones_tell_more() -> None:
    thresholds = (-1.0, 0.0, 1.0)
    strong = {f"r{n}": (2.5, thresholds) for n in range(6)}
    weak = {f"f{n}": (1.0, thresholds) for n in range(6)}
    bank = ItemBank.of("turned", strong | weak, reversed_items=list(strong))
    state, _ = run(AdaptiveTest((bank,), AdaptiveRules(se=0.25)), answer=1)
    forward = [item.startswith("f") for item, _ in state.answers]
    for count in range(1, len(forward) + 1):
        assert sum(forward[:count]) >= int(0.4 * count + 1e-9)
