"""Which question comes next: the adaptive ECR where it is installed, Homeport's own fixed form elsewhere.

A questionnaire is built once and shared; it holds no person. All that is asked of it follows from the run.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from homeport.content.instruments import Key, load_key
from homeport.core.errors import ContentError
from homeport.psychometrics import AdaptiveRules, AdaptiveState, AdaptiveTest, ItemBank
from homeport.psychometrics.keys import item_bank
from homeport.web.visitor.state import Journey, Run, StateError
from homeport.web.visitor.wordings import OWN, Words, adaptive_words, own_words, words_by_hash

# Decisions want a standard error of .32 (reliability .90); chance among the best three keeps questions from
# wearing out.
RULES = AdaptiveRules(se=0.32, min_items=4, exposure=3)
FORM = "core"
SCALES = ("anxiety", "avoidance")


@dataclass(frozen=True, slots=True)
class Next:
    """The next question's item number, None when the questions are over.

    ``expected``: how many may still come, this one included. ``at_most``: the most that can.
    """

    number: int | None
    expected: int
    at_most: int


class Questionnaire(Protocol):
    """A set of questions for one relationship."""

    key: Key
    words: Words
    total: int | None  # questions in all, None where that depends on the answers

    def next(self, run: Run, journey_key: str) -> Next:
        """What to ask now. Raises StateError when the run holds answers that do not belong here."""


class FixedForm:
    """The own bank's balanced form: the same questions in the same order for everybody."""

    def __init__(self, key: Key, words: Words, relationship: str) -> None:
        self.key, self.words = key, words
        # The core form holds the same questions for every relationship, so that several can stand side by
        # side.
        form = next(form for form in key.forms if form.name == FORM and relationship in form.slots)
        self.order = tuple(key.item(item).number for item in form.items)
        self.total: int | None = len(self.order)

    def next(self, run: Run, journey_key: str) -> Next:  # noqa: ARG002 - nothing here is left to chance
        """The first question of the form that was neither answered nor passed over."""
        asked = {number for number, _ in run.answers}
        if not asked <= set(self.order):
            raise StateError("These answers belong to another form.")
        number = next((number for number in self.order if number not in asked), None)
        left = len(self.order) - len(asked)
        return Next(number, left, left)


class AdaptiveForm:
    """A calibrated instrument: each question is chosen by what the answers so far leave open."""

    def __init__(self, key: Key, words: Words, response_format: str) -> None:
        self.key, self.words = key, words
        self.total: int | None = None
        self.banks = banks(key, response_format)
        self.test = AdaptiveTest(self.banks, RULES)
        self._number = {item.id: item.number for item in key.items}
        self._id = {item.number: item.id for item in key.items}

    def next(self, run: Run, journey_key: str) -> Next:
        """One step of the adaptive test; chance comes from the journey's own key."""
        try:
            answers = tuple((self._id[number], value) for number, value in run.answers)
        except KeyError as error:
            raise StateError("These answers belong to another form.") from error
        step = self.test.step(AdaptiveState(seed=_seed(journey_key, run.relationship), answers=answers))
        return Next(None if step.item is None else self._number[step.item], step.remaining, step.at_most)


def banks(key: Key, response_format: str) -> tuple[ItemBank, ItemBank]:
    """The calibrated items of a key, anxiety then avoidance. Raises StateError where it has none."""
    first, second = (item_bank(key, scale, response_format) for scale in SCALES)
    if first is None or second is None:
        raise StateError(f"{key.title} has no item parameters for this kind of answer.")
    return first, second


def _seed(journey_key: str, relationship: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{journey_key}/{relationship}".encode()).digest()[:8], "big")


def choose(relationship: str, age: str, language: str) -> Run:
    """The empty run a relationship starts with. One query, for a grown-up's partner: what is installed?

    The adaptive instrument asks about romantic partners and is meant for adults; everyone else is asked our own questions.
    """
    words = adaptive_words(language) if relationship == "partner" and age == "adult" else None
    words = words or own_words(relationship, language)
    return Run(relationship, words.reference, words.format, words.hash)


def questionnaire(run: Run, language: str) -> Questionnaire:
    """The questions a run belongs to. Raises StateError when they are not here any more."""
    return _questionnaire(run.relationship, run.instrument, run.format, run.wording, language)


def forget() -> None:
    """Build everything anew (tests that install other wordings)."""
    _questionnaire.cache_clear()


# A released key and an installed wording never change, so what is built from them may be kept.
@lru_cache(maxsize=64)
def _questionnaire(
    relationship: str, instrument: str, form: str, wording: str, language: str
) -> Questionnaire:
    identifier, _, version = instrument.partition("@")
    try:
        if identifier == OWN:
            key = load_key(identifier, int(version))
            return FixedForm(key, own_words(relationship, language, key.version), relationship)
        found = words_by_hash(wording)
        if found is None or found.reference != instrument or found.format != form:
            raise StateError("The questions you were answering are no longer here.")
        return AdaptiveForm(load_key(identifier, int(version)), found, form)
    except (ContentError, StopIteration, ValueError) as error:
        raise StateError("The questions you were answering are no longer here.") from error


def answers_by_id(key: Key, run: Run) -> Mapping[str, float | None]:
    """Item id -> answer, None where the question was passed over."""
    names = {item.number: item.id for item in key.items}
    return {names[number]: value for number, value in run.answers}


def seed_of(journey: Journey, run: Run) -> int:
    """The seed of the adaptive test of one run; written into the JSON download so that it can be repeated."""
    return _seed(journey.key, run.relationship)
