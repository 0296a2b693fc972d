"""The named special rules; facts/instruments.md sections 4 and 5."""

import pytest

from homeport.core.errors import HomeportError
from homeport.psychometrics.recodes import itq_algorithm, pcl5_algorithm, phq9_algorithm
from homeport.psychometrics.scoring import score, simple_rule

CERTAINTY = simple_rule("certainty", list("123456"), low=1, high=7, method="rfq8-certainty")
UNCERTAINTY = simple_rule(
    "uncertainty", list("245678"), low=1, high=7, reversed_items=["7"], method="rfq8-uncertainty"
)


def test_rfq8_certainty_counts_only_the_sure_end() -> None:
    answers = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 7}
    assert score(CERTAINTY, answers).value == pytest.approx((3 + 2 + 1 + 0 + 0 + 0) / 6)


def test_rfq8_uncertainty_counts_only_the_unsure_end_and_turns_item_7() -> None:
    answers = {"2": 5, "4": 6, "5": 7, "6": 4, "7": 1, "8": 1}
    assert score(UNCERTAINTY, answers).value == pytest.approx((1 + 2 + 3 + 0 + 3 + 0) / 6)
    assert score(UNCERTAINTY, answers | {"7": 7}).value == pytest.approx((1 + 2 + 3 + 0 + 0 + 0) / 6)


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ([2, 2, 2, 2, 2, 0, 0, 0, 0], "major-depressive"),
        ([2, 2, 2, 2, 0, 0, 0, 0, 1], "major-depressive"),  # item 9 counts at 1
        ([2, 2, 2, 2, 1, 1, 1, 1, 0], "other-depressive"),
        ([2, 0, 0, 0, 0, 0, 0, 0, 1], "other-depressive"),
        ([2, 0, 0, 0, 0, 0, 0, 0, 0], "none"),
        ([1, 1, 3, 3, 3, 3, 3, 3, 3], "none"),  # neither core item
        ([2, 2, 2, 2, 2, 2, 2, 2, None], None),
    ],
)
def test_phq9(answers: list[int | None], outcome: str | None) -> None:
    assert phq9_algorithm(answers) == outcome


def pcl5(b: int, c: int, d: int, e: int) -> list[int | None]:
    """Twenty answers with so many symptoms in each cluster."""
    sizes = ((b, 5), (c, 2), (d, 7), (e, 6))
    return [2 if place < have else 1 for have, size in sizes for place in range(size)]


@pytest.mark.parametrize(
    ("symptoms", "outcome"),
    [
        ((1, 1, 2, 2), "provisional-ptsd"),
        ((0, 1, 2, 2), "none"),
        ((1, 0, 2, 2), "none"),
        ((1, 1, 1, 2), "none"),
        ((1, 1, 2, 1), "none"),
        ((5, 2, 7, 6), "provisional-ptsd"),
    ],
)
def test_pcl5_clusters(symptoms: tuple[int, int, int, int], outcome: str) -> None:
    assert pcl5_algorithm(pcl5(*symptoms)) == outcome


def test_pcl5_needs_every_answer() -> None:
    assert pcl5_algorithm([None, *pcl5(5, 2, 7, 6)[1:]]) is None


P_MET = [0, 2, 2, 0, 0, 3, 0, 0, 4]
NOT_MET = [4, 4, 4, 4, 1, 1, 4, 4, 4]


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        (P_MET, P_MET, "complex-ptsd"),
        (P_MET, NOT_MET, "ptsd"),
        (NOT_MET, P_MET, "none"),
        ([2] * 6 + [1] * 3, P_MET, "none"),  # symptoms without impairment
    ],
)
def test_itq(first: list[int | None], second: list[int | None], outcome: str) -> None:
    assert itq_algorithm([*first, *second]) == outcome


def test_answers_that_do_not_fit_are_refused() -> None:
    with pytest.raises(HomeportError, match="9 answers, not 8"):
        phq9_algorithm([0] * 8)
    with pytest.raises(HomeportError, match="Question 3 of the PHQ-9 takes 0 to 3; 4 is none"):
        phq9_algorithm([0, 0, 4, 0, 0, 0, 0, 0, 0])
    with pytest.raises(HomeportError, match="from 1 to 7"):
        score(CERTAINTY, {"1": 0})
