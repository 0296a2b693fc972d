"""What each button does to a visit. The state is the authority: a step sent twice gives the same page
twice."""

from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from homeport.web.visitor import questions, relationships
from homeport.web.visitor.questions import Questionnaire
from homeport.web.visitor.reading import TooFew, read
from homeport.web.visitor.state import Journey, Run, StateError
from homeport.web.visitor.words import Words

ANSWER_MISSING = _("Pick the answer that fits best, or choose “Skip this question”.")
ANSWER_UNKNOWN = _("That is not one of the answers here. Please pick one again.")
NOBODY_CHOSEN = _("Tick at least one person, then go on.")
STEP_UNKNOWN = _("That button is not known here. Your answers are kept: please go on from this page.")
NEVER_SENT = (ANSWER_UNKNOWN, STEP_UNKNOWN)


class Screen(StrEnum):
    """What the page shows."""

    CHOOSE = "choose"  # whom to think of
    QUESTION = "question"
    REST = "rest"  # the questions about one person are over
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Turn:
    """The visit after a step, the screen to show, and one sentence where something is missing."""

    journey: Journey
    screen: Screen
    complaint: Words | str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """``number`` of the question on the screen, from 1; ``total`` of all, None where it depends on the
    answers.

    ``fewest`` and ``most``: questions that may still come, this one included. ``share``: what is done, 0 to
    1.
    """

    number: int
    total: int | None
    fewest: int
    most: int
    share: float


def take(journey: Journey, step: str, answer: str, language: str) -> Turn:
    """One step: next, skip, back, pause, resume, again (the skipped questions), onward (the next
    person) or unfinished (from the result back to whoever has too few answers).

    Raises StateError when the visit does not fit what is installed.
    """
    if not journey.runs:
        return Turn(journey, Screen.CHOOSE)
    if step == "pause":
        return Turn(_settled(journey, language), Screen.PAUSE)
    if step in {"next", "skip"}:
        return _answered(journey, step, answer, language)
    if step == "back":
        return _back(journey, language)
    if step == "again":
        journey = journey.with_run(journey.run.without_gaps())
    elif step == "onward":
        journey = replace(journey, at=min(journey.at + 1, len(journey.runs) - 1))
    elif step == "unfinished":
        journey = _unfinished(journey, language)
    elif step != "resume":
        return show(journey, language, STEP_UNKNOWN)
    return show(journey, language)


def choose(journey: Journey, chosen: set[str], language: str) -> Turn:
    """Set out with these relationships. Answers already given about one that stays are kept."""
    wanted = relationships.in_order(chosen)
    if not wanted:
        return Turn(journey, Screen.CHOOSE, NOBODY_CHOSEN)
    begun = {run.relationship: run for run in journey.runs}
    runs = tuple(begun.get(name) or questions.choose(name, journey.age, language) for name in wanted)
    return show(replace(journey, runs=runs, at=_first_open(runs, journey, language)), language)


def show(journey: Journey, language: str, complaint: Words | str = "") -> Turn:
    """The screen that belongs to a visit as it stands."""
    settled = _settled(journey, language)
    screen = Screen.REST if settled.run.asking is None else Screen.QUESTION
    return Turn(settled, screen, complaint)


def progress(run: Run, questionnaire: Questionnaire) -> Progress:
    """Where the question on the screen stands."""
    done = len(run.answers)
    fewest, most = run.shown or (1, 1)
    return Progress(done + 1, questionnaire.total, fewest, most, done / (done + most))


def _answered(journey: Journey, step: str, answer: str, language: str) -> Turn:
    turn = show(journey, language)
    run = turn.journey.run
    if run.asking is None:
        return turn
    if step == "skip":
        return show(turn.journey.with_run(run.add(run.asking, None)), language)
    if not answer:
        return replace(turn, complaint=ANSWER_MISSING)
    options = questions.questionnaire(run, language).words.options[run.asking]
    value = next((value for value, _label in options if str(value) == answer), None)
    if value is None:
        return replace(turn, complaint=ANSWER_UNKNOWN)
    return show(turn.journey.with_run(run.add(run.asking, value)), language)


def _back(journey: Journey, language: str) -> Turn:
    if journey.run.answers:
        return show(journey.with_run(journey.run.take_back()), language)
    if journey.at:
        return show(replace(journey, at=journey.at - 1), language)
    return Turn(journey, Screen.CHOOSE)


def _unfinished(journey: Journey, language: str) -> Journey:
    """At the first relationship with too few answers, its skipped questions open again."""
    for at, run in enumerate(journey.runs):
        if isinstance(read(run, questions.questionnaire(run, language)), TooFew):
            there = replace(journey, at=at)
            return there.with_run(there.run.without_gaps())
    return journey


def _settled(journey: Journey, language: str) -> Journey:
    """With the question chosen and the range of what is left drawn; unchanged where that was done before."""
    run = journey.run
    questionnaire = questions.questionnaire(run, language)
    if run.asking is not None and run.shown is not None:
        if run.asking not in questionnaire.words.options:
            raise StateError("These answers belong to another form.")
        return journey
    following = questionnaire.next(run, journey.key)
    number = following.number if run.asking is None else run.asking
    if number is None:
        return journey.with_run(replace(run, shown=None))
    shown = _left(run, following.expected, following.at_most)
    return journey.with_run(replace(run, asking=number, shown=shown))


def _left(run: Run, expected: int, at_most: int) -> tuple[int, int]:
    """The guess and half as much again, held under what was shown before, so that it never counts up by itself."""
    fewest, most = expected, min(at_most, expected + (expected + 1) // 2)
    if run.shown is not None:
        most = max(1, min(most, run.shown[1] - 1))
        fewest = max(1, min(fewest, run.shown[0], most))
    return fewest, most


def _first_open(runs: tuple[Run, ...], journey: Journey, language: str) -> int:
    """The first relationship with a question to come, or the last of all."""
    for at, run in enumerate(runs):
        if questions.questionnaire(run, language).next(run, journey.key).number is not None:
            return at
    return len(runs) - 1
