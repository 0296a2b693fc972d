"""The state goes into the page and comes back whole, or not at all."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeport.core import randomness
from homeport.web.visitor import relationships
from homeport.web.visitor.state import AGE_BANDS, Journey, Run, StateError, begin, from_wire, to_wire

values = st.none() | st.integers(1, 7)
answers = st.dictionaries(st.integers(1, 100), values, max_size=60).map(lambda found: tuple(found.items()))


@st.composite
def runs(draw: st.DrawFn, name: str) -> Run:
    given_answers = draw(answers)
    free = st.integers(101, 200)
    return Run(
        name,
        "attachment.homeport@1",
        "like-me",
        "ab" * 32,
        given_answers,
        draw(st.dictionaries(free, st.integers(1, 7), min_size=1, max_size=5) | st.none()),
        draw(st.tuples(st.integers(1, 9), st.integers(1, 30)) | st.none()),
        draw(free | st.none()),
    )


@st.composite
def journeys(draw: st.DrawFn) -> Journey:
    names = draw(st.lists(st.sampled_from([each.id for each in relationships.ALL]), unique=True, max_size=9))
    made = tuple(draw(runs(name)) for name in names)
    at = draw(st.integers(0, max(0, len(made) - 1)))
    return Journey("0f" * 16, draw(st.sampled_from(AGE_BANDS)), made, at, draw(st.booleans()))


@given(journeys())
def test_what_goes_out_comes_back(journey: Journey) -> None:
    assert from_wire(json.loads(json.dumps(to_wire(journey)))) == journey


WHOLE = to_wire(
    Journey(
        "0f" * 16, "adult", (Run("mother", "attachment.homeport@1", "like-me", "ab", ((1, 3), (2, None))),)
    )
)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ((0,), 2),  # another version
        ((1,), "not a key"),
        ((1,), 7),
        ((2,), "under-16"),  # never has a profile
        ((2,), None),
        ((3,), 1),  # beyond the last relationship
        ((3,), -1),
        ((3,), "x"),
        ((5, 0, 0), "the cat"),
        ((5, 0, 1), "no version"),
        ((5, 0, 4), "0130"),  # cut in the middle of an answer
        ((5, 0, 4), "013013"),  # one question twice
        ((5, 0, 4), "01!"),
        ((5, 0, 4), None),
        ((5, 0, 6), [1]),
        ((5, 0, 7), 1),  # asking what was answered
        ((5,), "runs"),
    ],
)
def test_anything_else_is_refused(place: tuple[int, ...], value: Any) -> None:
    wire = json.loads(json.dumps(WHOLE))
    assert from_wire(wire).run.answers == ((1, 3), (2, None))
    inner = wire
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    with pytest.raises(StateError):
        from_wire(wire)


@pytest.mark.parametrize("wire", [None, [], {}, "text", 7, [1, 2, 3, 4, 5, 6, 7]])
def test_a_state_that_is_none_is_refused(wire: Any) -> None:
    with pytest.raises(StateError):
        from_wire(wire)


def test_two_runs_about_the_same_person_are_refused() -> None:
    wire = json.loads(json.dumps(WHOLE))
    wire[5].append(wire[5][0])
    with pytest.raises(StateError):
        from_wire(wire)


def test_an_answer_taken_back_stays_at_hand_until_it_is_given_again() -> None:
    run = Run("mother", "attachment.homeport@1", "like-me", "ab").add(4, 2).add(9, None).add(7, 5)
    once = run.take_back()
    assert (once.answers, once.later, once.asking) == (((4, 2), (9, None)), {7: 5}, 7)
    twice = once.take_back()
    assert (twice.answers, twice.later, twice.asking) == (((4, 2),), {7: 5}, 9)
    again = twice.add(9, 1).add(7, 3)
    assert (again.answers, again.later, again.asking) == (((4, 2), (9, 1), (7, 3)), None, None)


def test_skipped_questions_can_be_asked_again() -> None:
    run = Run("mother", "attachment.homeport@1", "like-me", "ab").add(4, 2).add(9, None).add(7, 5)
    assert run.passed_over == 1
    assert run.without_gaps().answers == ((4, 2), (7, 5))
    assert run.given == {4: 2, 7: 5}


def test_each_visit_draws_a_key_of_its_own() -> None:
    with randomness.seeded("one"):
        first, second = begin("adult").key, begin("adult").key
    with randomness.seeded("one"):
        assert begin("adult").key == first
    assert first != second
    assert begin("adult").key != begin("adult").key
