"""Keyed scoring and its missing-data rules."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeport.core.errors import HomeportError
from homeport.psychometrics.scoring import MissingRule, ScaleItem, ScaleRule, score, score_many, simple_rule

WHO5 = simple_rule("well-being", ["1", "2", "3", "4", "5"], low=0, high=5, method="sum", multiplier=4)
CORE10 = simple_rule(
    "distress",
    [str(n) for n in range(1, 11)],
    low=0,
    high=4,
    reversed_items=["2", "3"],
    method="sum",
    missing=MissingRule(at_least=9, required=frozenset({"6"})),
)
BRS = simple_rule("resilience", list("abcdef"), low=1, high=5, reversed_items=["b", "d", "f"])


def test_a_mean_turns_reversed_items() -> None:
    found = score(BRS, {"a": 5, "b": 1, "c": 4, "d": 2, "e": 3, "f": 3})
    assert found.value == pytest.approx((5 + 5 + 4 + 4 + 3 + 3) / 6)
    assert (found.answered, found.of, found.filled, found.why) == (6, 6, False, "")


def test_a_scaled_sum() -> None:
    assert score(WHO5, dict.fromkeys("12345", 3)).value == 60.0


def test_a_sum_is_prorated_where_the_rule_allows() -> None:
    """CORE-10: 10 x sum / answered."""
    answers: dict[str, float | None] = {str(n): 2 for n in range(1, 11)}
    answers["1"] = None
    answers["10"] = 4
    found = score(CORE10, answers)
    assert found.value == pytest.approx(10 * (2 * 8 + 4) / 9)
    assert found.filled


def test_a_required_item_is_never_filled_in() -> None:
    answers: dict[str, float | None] = {str(n): 4 for n in range(1, 11) if n != 6}
    found = score(CORE10, answers)
    assert found.value is None
    assert "6" in found.why


def test_too_few_answers_give_no_score_and_say_so() -> None:
    found = score(WHO5, {"1": 3, "2": 3, "3": 3, "4": 3, "5": None})
    assert found.value is None
    assert found.why == "Only 4 of 5 answered; 5 are needed."


def test_missing_is_never_zero() -> None:
    rule = simple_rule("x", ["a", "b"], low=0, high=3, missing=MissingRule(share=0.5))
    assert score(rule, {"a": 3}).value == 3.0


@pytest.mark.parametrize(
    ("rule", "items", "least"),
    [
        (MissingRule(), 5, 5),
        (MissingRule(share=0.8), 18, 15),
        (MissingRule(share=0.8), 5, 4),
        (MissingRule(share=0.0), 5, 1),
        (MissingRule(at_least=7), 9, 7),
    ],
)
def test_how_many_are_enough(rule: MissingRule, items: int, least: int) -> None:
    assert rule.least(items) == least


@pytest.mark.parametrize("raw", [-1, 6, 2.5, float("nan")])
def test_an_answer_out_of_range_is_refused(raw: float) -> None:
    with pytest.raises(HomeportError, match="from 0 to 5"):
        score(WHO5, {"1": raw})


def test_items_may_have_ranges_of_their_own() -> None:
    """CSI-4: one global item 0 to 6 among items 0 to 5."""
    items = (ScaleItem("g", 0, 6), ScaleItem("a", 0, 5), ScaleItem("b", 0, 5, reversed=True))
    assert score(ScaleRule("satisfaction", items, "sum"), {"g": 6, "a": 5, "b": 0}).value == 16.0


@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=10, max_size=10), min_size=1, max_size=8
    )
)
def test_many_are_scored_as_one_is(rows: list[list[int | None]]) -> None:
    ids = [item.id for item in CORE10.items]
    one = [score(CORE10, dict(zip(ids, row, strict=True))) for row in rows]
    values = np.array([[np.nan if raw is None else raw for raw in row] for row in rows])
    scores, answered = score_many(CORE10, values)
    assert answered.tolist() == [found.answered for found in one]
    expected = [np.nan if found.value is None else found.value for found in one]
    assert scores == pytest.approx(expected, nan_ok=True)


def test_many_count_what_is_out_of_range_as_missing() -> None:
    scores, answered = score_many(BRS, np.array([[0, 9, 3, 3, 3, 3], [3, 3, 3, 3, 3, 3]]))
    assert answered.tolist() == [4, 6]
    assert np.isnan(scores[0])
    assert scores[1] == 3.0


def test_rules_that_cannot_score_are_refused() -> None:
    with pytest.raises(HomeportError, match="each named once"):
        simple_rule("x", ["a", "a"], low=0, high=1)
    with pytest.raises(HomeportError, match="not its own"):
        simple_rule("x", ["a"], low=0, high=1, reversed_items=["b"])
    with pytest.raises(HomeportError, match="requires an item"):
        simple_rule("x", ["a"], low=0, high=1, missing=MissingRule(required=frozenset({"b"})))
    with pytest.raises(HomeportError, match="more answers"):
        simple_rule("x", ["a"], low=0, high=1, missing=MissingRule(at_least=2))
    with pytest.raises(HomeportError, match="columns"):
        score_many(BRS, np.ones((2, 5)))
    with pytest.raises(HomeportError, match="one person at a time"):
        score_many(simple_rule("x", ["a"], low=1, high=7, method="rfq8-certainty"), np.ones((2, 1)))
