"""The risk rules, each against what the facts say, written down by hand."""

import itertools

import pytest

from homeport.safety.levels import Known, Level, Reading
from homeport.safety.rules import Triage, columbia_next, columbia_triage, read_answer

PHQ9, PHQA, CORE = "depression.phq-9", "depression.phq-a", "distress.core-10"
N, S, U = Level.NONE, Level.SAME_DAY, Level.URGENT


@pytest.mark.parametrize(
    ("value", "before", "total", "level"),
    [
        (0, None, None, N), (1, None, None, S), (2, None, None, U), (3, None, None, U),
        (None, None, 27, N),  # skipped: never guessed
        (0, 3, 27, N),  # nothing from this item; the score itself is read all the same
        (1, 1, None, S), (1, 0, None, U), (1, 2, None, S), (2, 1, None, U), (3, 3, 27, U),
        (1, None, 19, S), (1, None, 20, U), (1, 1, 20, U), (1, 0, 27, U),
    ],
)  # fmt: skip
@pytest.mark.parametrize("instrument", [PHQ9, PHQA])
def test_item_nine(
    instrument: str, value: int | None, before: int | None, total: float | None, level: Level
) -> None:
    assert read_answer(instrument, "self-harm", value, before=before, total=total).level is level


@pytest.mark.parametrize("value", [1, 2, 3, 4])
def test_plans_are_urgent_from_the_first_answer_on(value: int) -> None:
    assert read_answer(CORE, "q06", value).level is U
    assert read_answer(CORE, "q06", 0).level is N


def test_thoughts_in_the_past_month_are_urgent() -> None:
    assert read_answer(PHQA, "suicidal-thoughts", 1).level is U
    assert read_answer(PHQA, "suicidal-thoughts", 1, before=1).level is U
    assert read_answer(PHQA, "suicidal-thoughts", 0).level is N


def test_an_attempt_in_ones_life_is_told_once_and_a_new_one_at_once() -> None:
    assert read_answer(PHQA, "suicide-attempt", 1).level is S
    assert read_answer(PHQA, "suicide-attempt", 1, before=1) == Reading(N)
    assert read_answer(PHQA, "suicide-attempt", 1, before=0).level is U
    assert read_answer(PHQA, "suicide-attempt", 1, before=1, total=27).level is N


def test_a_risk_item_whose_rule_nobody_wrote_is_urgent() -> None:
    assert read_answer("local.some-form", "q3", 1).level is U


def test_what_is_known_and_planned_for_waits_its_turn_until_anything_rises() -> None:
    known = Known(2, frozenset({"often"}))
    assert read_answer(PHQ9, "self-harm", 2, before=2, known=known).level is Level.KNOWN
    assert read_answer(PHQ9, "self-harm", 1, before=2, known=known).level is Level.KNOWN
    assert read_answer(PHQ9, "self-harm", 3, before=2, known=known).level is U
    assert read_answer(PHQ9, "self-harm", 2, before=1, known=known).level is U, (
        "it had gone down, and rose again"
    )
    assert read_answer(PHQ9, "self-harm", 2, before=2, total=20, known=known).level is U
    with_total = Known(2, frozenset({"often", "high-total"}))
    assert read_answer(PHQ9, "self-harm", 2, before=2, total=22, known=with_total).level is Level.KNOWN


def test_nothing_computed_lowers_a_level() -> None:
    """More in the answer, in the rise or in the total never asks for less."""
    values, befores, totals = (1, 2, 3), (None, 0, 1, 2, 3), (None, 0.0, 19.0, 20.0, 27.0)
    for value, before, total in itertools.product(values, befores, totals):
        level = read_answer(PHQ9, "self-harm", value, before=before, total=total).level
        assert level >= read_answer(PHQ9, "self-harm", value, before=before, total=None).level
        assert level >= read_answer(PHQ9, "self-harm", value, before=None, total=total).level
        assert level >= read_answer(PHQ9, "self-harm", value).level
        assert level is not N


def test_every_reason_is_kept() -> None:
    assert read_answer(PHQ9, "self-harm", 2, before=1, total=21).reasons == ("often", "rose", "high-total")


def test_the_columbia_screener_takes_the_highest_and_never_adds_up() -> None:
    """Against the triage guideline, over all 2^6 answers and what is known of the time of question 6."""
    for bits in itertools.product([False, True], repeat=6):
        answers = dict(zip(range(1, 7), bits, strict=True))
        _1, _2, three, four, five, six = bits
        for recent in (True, False, None):
            found = columbia_triage(answers, behaviour_within_3_months=recent)
            if four or five or (six and recent is not False):
                assert found is Triage.HIGH
            elif three or six:
                assert found is Triage.MODERATE
            elif _1 or _2:
                assert found is Triage.LOW
            else:
                assert found is Triage.NONE


def test_a_lone_recent_act_is_high() -> None:
    assert columbia_triage({1: False, 2: False, 6: True}, behaviour_within_3_months=True) is Triage.HIGH


def test_the_screener_asks_three_to_five_only_after_a_yes_to_two() -> None:
    def asked(two: bool) -> list[int]:
        answers: dict[int, bool | None] = {}
        order = []
        while (number := columbia_next(answers)) is not None:
            order.append(number)
            answers[number] = two
        return order

    assert asked(True) == [1, 2, 3, 4, 5, 6]
    assert asked(False) == [1, 2, 6]
