"""From answers to a place on the map, for our own questions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.visits import answered, keyed, visit

from homeport.psychometrics import Style
from homeport.web.visitor import questions, steps
from homeport.web.visitor.reading import Reading, TooFew, _levels, differences, percentile, read
from homeport.web.visitor.state import Journey


def reading_of(journey: Journey) -> Reading:
    found = read(journey.run, questions.questionnaire(journey.run, "en"))
    assert isinstance(found, Reading)
    return found


@pytest.mark.parametrize("worry", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("distance", [1, 3, 5])
def test_means_bands_and_position_follow_the_answers(worry: int, distance: int) -> None:
    found = reading_of(answered(visit("mother"), keyed(worry, distance)))
    assert (found.anxiety.value, found.avoidance.value) == (worry, distance)
    assert found.anxiety.position == (worry - 3) / 2
    assert found.avoidance.position == (distance - 3) / 2
    names = {1: "low", 2: "low", 3: "middle", 4: "high", 5: "high"}
    assert (found.anxiety.level, found.avoidance.level) == (names[worry], names[distance])
    assert (found.answered, found.cut) == (24, (3.0, 3.0))


def test_there_are_no_chances_for_questions_that_are_not_calibrated() -> None:
    found = reading_of(answered(visit("mother"), [1, 5, 2, 4]))
    assert (found.styles, found.between, found.calibrated) == (None, None, False)
    assert found.anxiety.percentile is None


def test_the_same_answer_everywhere_still_has_a_margin() -> None:
    found = reading_of(answered(visit("mother"), keyed(3, 3)))
    assert found.anxiety.se > 0.05
    assert found.region.across > 0.05


def test_answers_that_pull_apart_make_a_wider_patch() -> None:
    steady = reading_of(answered(visit("mother"), keyed(3, 3)))
    torn = reading_of(answered(visit("mother"), [1, 5, 3]))
    assert torn.region.up > 3 * steady.region.across


def test_agreeing_with_everything_is_no_push_pull_at_the_middle() -> None:
    """The two halves contradict each other, but the means are not raised."""
    assert not reading_of(answered(visit("mother"), [5])).push_pull


def test_raised_and_contradictory_is_push_pull() -> None:
    def answer(journey: Journey, number: int) -> int:
        item = questions.questionnaire(journey.run, "en").key.items[number - 1]
        return 3 if item.reversed else 5

    assert reading_of(answered(visit("mother"), answer)).push_pull
    assert not reading_of(answered(visit("mother"), keyed(5, 5))).push_pull


@pytest.mark.parametrize(("skipped", "missing"), [(2, 0), (3, 1), (12, 10)])
def test_a_scale_needs_ten_of_its_twelve_answers(skipped: int, missing: int) -> None:
    turn = steps.show(visit("mother"), "en")
    left = skipped
    while turn.journey.run.asking is not None:
        worry = questions.questionnaire(turn.journey.run, "en").key.items[turn.journey.run.asking - 1]
        skip = left > 0 and worry.scales == ("anxiety",)
        left -= skip
        turn = steps.take(turn.journey, "skip" if skip else "next", "" if skip else "3", "en")
    found = read(turn.journey.run, questions.questionnaire(turn.journey.run, "en"))
    assert (found.missing if isinstance(found, TooFew) else 0) == missing


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 5), min_size=24, max_size=24))
def test_every_set_of_answers_is_placed_within_the_map(values: list[int]) -> None:
    found = reading_of(answered(visit("mother"), values))
    for axis in (found.anxiety, found.avoidance):
        assert -1 <= axis.position <= 1
        assert 1 <= axis.value <= 5
        assert axis.level in axis.touched
    assert 0 < found.region.up <= found.region.across


def styles(secure: float, anxious: float, avoidant: float, fearful: float) -> dict[Style, float]:
    return {"secure": secure, "anxious": anxious, "avoidant": avoidant, "fearful": fearful}


@pytest.mark.parametrize(
    ("chances", "between", "levels"),
    [
        (styles(0.9, 0.05, 0.04, 0.01), False, ("low", "low")),
        (styles(0.02, 0.02, 0.04, 0.92), False, ("high", "high")),
        (styles(0.40, 0.58, 0.01, 0.01), True, ("middle", "low")),
        (styles(0.01, 0.01, 0.55, 0.43), True, ("middle", "high")),
        (styles(0.45, 0.05, 0.45, 0.05), True, ("low", "middle")),
        (styles(0.3, 0.2, 0.3, 0.2), True, ("middle", "middle")),
        (styles(0.48, 0.02, 0.02, 0.48), True, ("middle", "middle")),
        # Both axes lean, and no area holds 80 in 100: the words of a corner would say too much.
        (styles(0.72, 0.13, 0.12, 0.03), True, ("middle", "low")),
        (styles(0.72, 0.12, 0.13, 0.03), True, ("low", "middle")),
    ],
)
def test_between_is_never_told_in_the_words_of_a_corner(
    chances: dict[Style, float], between: bool, levels: tuple[str, str]
) -> None:
    assert _levels(chances, certain=not between) == levels


def test_relationships_that_differ_beyond_their_margins_are_named_and_others_are_not() -> None:
    calm = reading_of(answered(visit("friend"), keyed(1, 2)))
    worried = reading_of(answered(visit("mother"), keyed(4, 4)))
    near = reading_of(answered(visit("father"), [2, 3, 1, 3, 2, 4]))
    nearly = reading_of(answered(visit("grandparent"), [2, 3, 1, 3, 2, 3]))
    found = differences([worried, calm])
    assert [(each.first, each.second) for each in found] == [("mother", "friend")]
    assert differences([near, nearly]) == ()
    assert differences([calm]) == ()


def test_percentiles_stay_within_1_to_99() -> None:
    assert [percentile(theta) for theta in (-9.0, -1.0, 0.0, 1.0, 9.0)] == [1, 16, 50, 84, 99]
