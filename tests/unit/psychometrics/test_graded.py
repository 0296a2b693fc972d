"""The graded response model, held to facts/monitoring.md section 7 and facts/instruments.md section 6 [calc]."""

import numpy as np
import pytest

from homeport.core.errors import HomeportError
from homeport.psychometrics import Estimate, ItemBank, graded

Pair = tuple[ItemBank, ItemBank]

A, B = [2.17], [[-1.65, -0.74, -0.29, 0.85]]


def test_boundaries_of_the_worked_item() -> None:
    found = graded.boundaries(0.0, A, B)[0]
    assert found == pytest.approx([1, 0.972893, 0.832827, 0.652331, 0.136520, 0], abs=1e-6)


def test_categories_of_the_worked_item() -> None:
    found = graded.probabilities(0.0, A, B)[0]
    assert found == pytest.approx([0.027107, 0.140066, 0.180497, 0.515811, 0.136520], abs=1e-6)


def test_expected_score_of_the_worked_item() -> None:
    assert graded.expected_scores(0.0, A, B)[0] == pytest.approx(2.594572, abs=1e-6)


@pytest.mark.parametrize(("theta", "information"), [(0.0, 1.336653), (1.0, 1.187804)])
def test_information_of_the_worked_item(theta: float, information: float) -> None:
    assert graded.information(theta, A, B)[0] == pytest.approx(information, abs=1e-6)


def test_information_of_three_items(three_items: ItemBank) -> None:
    total = three_items.information(np.array([-2.0, -1, 0, 1, 2])).sum(axis=1)
    assert total == pytest.approx([2.999542, 4.035787, 4.037366, 3.613714, 1.388059], abs=1e-6)


def test_information_of_the_ecr_bank(ecr: Pair) -> None:
    places = np.array([-2.0, -1, 0, 1, 2, 3])
    anxiety, avoidance = (bank.information(places).sum(axis=1) for bank in ecr)
    assert anxiety == pytest.approx([11.4, 14.7, 15.0, 13.9, 8.7, 3.9], abs=0.06)
    assert avoidance == pytest.approx([7.4, 18.6, 19.8, 21.0, 18.8, 7.7], abs=0.06)


def test_the_most_telling_items_of_the_ecr_bank(ecr: Pair) -> None:
    best = [[bank.items[i] for i in np.argsort(-bank.information_table.max(axis=0))[:5]] for bank in ecr]
    assert best[0][:4] == ["q08", "q02", "q18", "q06"]
    assert set(best[1]) == {"q09", "q17", "q13", "q07", "q23"}


@pytest.mark.parametrize(
    ("items", "se"),
    [
        (("q02", "q06", "q08", "q14", "q18", "q24"), 0.36),
        (("q09", "q15", "q25", "q27", "q29", "q31"), 0.38),
    ],
)
def test_standard_error_of_the_ecr_12_at_the_mean(ecr: Pair, items: tuple[str, ...], se: float) -> None:
    bank = ecr[0] if items[0] in ecr[0] else ecr[1]
    places = [bank.position(item) for item in items]
    # EAP under N(0, 1) adds the prior's information of 1.
    assert (bank.information(0.0)[places].sum() + 1) ** -0.5 == pytest.approx(se, abs=0.006)


def test_probabilities_sum_to_one_and_information_is_their_slope(ecr: Pair) -> None:
    places = np.linspace(-4, 4, 33)
    step = 1e-5
    for bank in ecr:
        chance = bank.probabilities(places)
        assert chance.sum(axis=2) == pytest.approx(np.ones(chance.shape[:2]))
        slope = (bank.probabilities(places + step) - bank.probabilities(places - step)) / (2 * step)
        assert bank.information(places) == pytest.approx((slope**2 / chance).sum(axis=2), rel=1e-5)


def test_items_may_differ_in_their_number_of_answers() -> None:
    bank = ItemBank.of("mixed", {"two": (1.2, (0.3,)), "four": (1.5, (-1.0, 0.0, 1.0))})
    alone = ItemBank.of("two", {"two": (1.2, (0.3,))})
    assert bank.categories.tolist() == [2, 4]
    assert bank.probabilities(0.5)[0] == pytest.approx([*alone.probabilities(0.5)[0], 0, 0])
    assert bank.information(0.5)[0] == pytest.approx(alone.information(0.5)[0])
    assert np.isfinite(bank.log_probability).all()


@pytest.mark.parametrize(
    ("se", "reliability"),
    [
        (0.5477, 0.70),
        (0.4472, 0.80),
        (0.40, 0.84),
        (0.32, 0.8976),
        (0.3162, 0.90),
        (0.30, 0.91),
        (0.2236, 0.95),
    ],
)
def test_reliability_of_a_standard_error(se: float, reliability: float) -> None:
    """facts/monitoring.md section 8 [calc]."""
    assert Estimate(0.0, se).reliability == pytest.approx(reliability, abs=1e-4)


def test_t_scores() -> None:
    assert Estimate(0.5, 0.3).t_score == pytest.approx(55.0)
    assert Estimate(0.5, 0.3).t_se == pytest.approx(3.0)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"x": (0.0, (0.0,))}, "slope above zero"),
        ({"x": (-1.0, (0.0,))}, "slope above zero"),
        ({"x": (float("nan"), (0.0,))}, "slope above zero"),
        ({"x": (1.0, ())}, "threshold"),
        ({"x": (1.0, (1.0, 0.0))}, "rise"),
        ({"x": (1.0, (float("nan"),))}, "number"),
        ({}, "parameters"),
    ],
)
def test_parameters_that_describe_no_model_are_refused(
    parameters: dict[str, tuple[float, tuple[float, ...]]], words: str
) -> None:
    with pytest.raises(HomeportError, match=words):
        ItemBank.of("x", parameters)
