"""What each button does, with the fixed form of our own questions."""

from itertools import pairwise

import pytest
from tests.factories.visits import answered, visit

from homeport.web.visitor import questions, steps
from homeport.web.visitor.seal import seal
from homeport.web.visitor.state import Journey, StateError
from homeport.web.visitor.steps import Screen, Turn


def go(journey: Journey, *answers: str) -> Turn:
    turn = steps.show(journey, "en")
    for answer in answers:
        turn = steps.take(
            turn.journey, "skip" if answer == "-" else "next", "" if answer == "-" else answer, "en"
        )
    return turn


def test_the_fixed_form_asks_its_24_questions_in_order_and_then_rests() -> None:
    turn = steps.show(visit("mother"), "en")
    form = questions.questionnaire(turn.journey.run, "en")
    asked = []
    while turn.screen is Screen.QUESTION:
        asked.append(turn.journey.run.asking)
        standing = steps.progress(turn.journey.run, form)
        assert (standing.number, standing.total, standing.most) == (len(asked), 24, 25 - len(asked))
        turn = steps.take(turn.journey, "next", "3", "en")
    assert tuple(asked) == form.order  # type: ignore[attr-defined]
    assert len(set(asked)) == 24
    assert turn.screen is Screen.REST


def test_the_same_step_sent_twice_leads_to_the_same_page() -> None:
    journey = go(visit("mother"), "1", "2").journey
    first, second = (steps.take(journey, "next", "4", "en") for _ in range(2))
    assert first == second
    assert len(first.journey.run.answers) == 3


def test_an_old_page_is_the_authority_over_itself() -> None:
    old = go(visit("mother"), "1").journey
    go(old, "2", "3", "4")
    assert steps.take(old, "next", "5", "en").journey.run.answers[-1][1] == 5
    assert len(steps.take(old, "next", "5", "en").journey.run.answers) == 2


def test_next_without_an_answer_says_so_and_keeps_everything() -> None:
    turn = go(visit("mother"), "1", "2")
    wanting = steps.take(turn.journey, "next", "", "en")
    assert wanting == Turn(turn.journey, Screen.QUESTION, steps.ANSWER_MISSING)


@pytest.mark.parametrize("answer", ["0", "6", "-1", "3.0", "03", "³", "three", "1 OR 1=1", "\x00", "3" * 200])
def test_an_answer_that_is_none_of_the_answers_is_refused_and_nothing_lost(answer: str) -> None:
    turn = go(visit("mother"), "1", "2")
    assert steps.take(turn.journey, "next", answer, "en") == Turn(
        turn.journey, Screen.QUESTION, steps.ANSWER_UNKNOWN
    )


@pytest.mark.parametrize("step", ["", "delete", "begin ", "NEXT", "\x00"])
def test_an_unknown_button_changes_nothing(step: str) -> None:
    turn = go(visit("mother"), "1", "2")
    assert steps.take(turn.journey, step, "3", "en") == Turn(
        turn.journey, Screen.QUESTION, steps.STEP_UNKNOWN
    )


def test_back_returns_to_the_question_with_the_answer_that_was_given() -> None:
    turn = go(visit("mother"), "1", "2", "5")
    back = steps.take(turn.journey, "back", "", "en")
    assert back.screen is Screen.QUESTION
    number = back.journey.run.asking
    assert number is not None
    assert (back.journey.run.later or {})[number] == 5
    again = steps.take(back.journey, "next", "5", "en")
    assert again.journey.run.answers == turn.journey.run.answers
    assert again.journey.run.asking == turn.journey.run.asking


def test_back_and_forth_keeps_later_answers_at_hand() -> None:
    turn = go(visit("mother"), "1", "2", "5", "4")
    for _ in range(3):
        turn = steps.take(turn.journey, "back", "", "en")
    turn = steps.take(turn.journey, "next", "3", "en")
    assert turn.journey.run.asking in (turn.journey.run.later or {})
    assert sorted((turn.journey.run.later or {}).values()) == [4, 5]


def test_back_from_the_first_question_leads_to_the_choice_of_people() -> None:
    turn = steps.take(steps.show(visit("mother"), "en").journey, "back", "", "en")
    assert turn.screen is Screen.CHOOSE
    assert turn.journey.run.relationship == "mother"


def test_back_at_the_start_of_a_second_person_leads_to_the_end_of_the_first() -> None:
    done = answered(visit("mother"), [3])
    both = Journey(done.key, done.age, (*done.runs, visit("friend").run))
    second = steps.take(both, "onward", "", "en")
    assert (second.screen, second.journey.at) == (Screen.QUESTION, 1)
    back = steps.take(second.journey, "back", "", "en")
    assert (back.screen, back.journey.at) == (Screen.REST, 0)


def test_pause_hides_the_question_and_keeps_the_place() -> None:
    turn = go(visit("mother"), "1", "2")
    paused = steps.take(turn.journey, "pause", "", "en")
    assert paused == Turn(turn.journey, Screen.PAUSE)
    assert steps.take(paused.journey, "resume", "", "en") == turn


def test_skipped_questions_are_not_asked_again_unless_wanted() -> None:
    rest = go(visit("mother"), *["-", "4"] * 12)
    assert rest.screen is Screen.REST
    assert rest.journey.run.passed_over == 12
    again = steps.take(rest.journey, "again", "", "en")
    assert again.screen is Screen.QUESTION
    assert len(again.journey.run.answers) == 12
    assert go(again.journey, *["2"] * 12).screen is Screen.REST


def test_choosing_keeps_the_answers_about_those_who_stay() -> None:
    journey = go(visit("mother"), "1", "2").journey
    turn = steps.choose(journey, {"friend", "mother"}, "en")
    assert [run.relationship for run in turn.journey.runs] == ["mother", "friend"]
    assert turn.journey.runs[0].answers == journey.run.answers
    assert (turn.screen, turn.journey.at) == (Screen.QUESTION, 0)
    assert steps.choose(journey, {"friend"}, "en").journey.runs[0].answers == ()


def test_choosing_nobody_says_so() -> None:
    turn = steps.choose(visit("mother"), {"the cat", ""}, "en")
    assert turn == Turn(visit("mother"), Screen.CHOOSE, steps.NOBODY_CHOSEN)


def test_a_finished_person_is_not_begun_again() -> None:
    done = answered(visit("mother"), [3])
    turn = steps.choose(done, {"mother", "friend"}, "en")
    assert (turn.screen, turn.journey.run.relationship) == (Screen.QUESTION, "friend")


def test_from_the_result_back_to_whoever_has_too_few_answers() -> None:
    thin = answered(visit("mother", "friend"), [3])
    thin = Journey(thin.key, thin.age, (thin.runs[0], go(visit("friend"), *["-"] * 24).journey.run), 1)
    turn = steps.take(thin, "unfinished", "", "en")
    assert (turn.screen, turn.journey.run.relationship) == (Screen.QUESTION, "friend")
    assert steps.take(answered(visit("mother"), [3]), "unfinished", "", "en").screen is Screen.REST


def test_what_is_left_never_counts_up() -> None:
    turn = steps.show(visit("mother"), "en")
    shown = []
    while turn.screen is Screen.QUESTION:
        shown.append(turn.journey.run.shown)
        turn = steps.take(turn.journey, "pause", "", "en")
        turn = steps.take(turn.journey, "resume", "", "en")
        turn = steps.take(turn.journey, "next", "", "en")
        assert turn.journey.run.shown == shown[-1], "looking again moved the count"
        turn = steps.take(turn.journey, "next", "3", "en")
    assert all(later < earlier for earlier, later in pairwise(shown))


@pytest.mark.parametrize(
    "instrument", ["attachment.homeport@99", "attachment.homeport@x", "attachment.homeport@"]
)
def test_questions_that_are_gone_are_said_to_be_gone(instrument: str) -> None:
    journey = visit("mother")
    run = type(journey.run)("mother", instrument, "like-me", "ab")
    with pytest.raises(StateError, match="no longer here"):
        steps.show(Journey(journey.key, "adult", (run,)), "en")


def test_answers_of_another_form_are_refused() -> None:
    run = visit("mother").run.add(28, 3)  # an item of the bank that the form does not ask
    with pytest.raises(StateError, match="another form"):
        steps.show(Journey("0f" * 16, "adult", (run,)), "en")


def test_a_state_without_people_asks_whom_to_think_of() -> None:
    for step in ("next", "pause", "back", "onward", "unfinished"):
        assert steps.take(Journey("0f" * 16, "adult"), step, "3", "en").screen is Screen.CHOOSE


def test_the_page_grows_by_letters_not_by_pages() -> None:
    journey = visit("mother")
    assert len(seal(go(journey, "1", "2", "3").journey)) - len(seal(go(journey, "1").journey)) < 30
