"""How the answers are shown to those who care for somebody."""

from dataclasses import dataclass
from typing import Any

from homeport.content.screens import screen
from homeport.core.errors import ContentError
from homeport.core.keys import KeyGone
from homeport.safety.models import ViolenceScreen

# The plain order of what a clinician looks at first.
WEIGHT = {"yes": 0, "sometimes": 1, "skip": 2, "no": 3}


@dataclass(frozen=True, slots=True)
class Answer:
    """One question with its answer, in the words that were on the screen."""

    question: str
    answer: str
    value: str


def answers_of(row: ViolenceScreen) -> list[Answer] | None:
    """The answers, those to talk about first; None where their key is not here, none where none were given yet."""
    try:
        held: dict[str, Any] | None = row.answers
    except KeyGone:
        return None
    if not held:
        return []
    try:
        asked = screen(held["id"], held["language"], held["version"])
    except ContentError:
        return [Answer(question, value, value) for question, value in held["answers"].items()]
    found = [
        Answer(asked.questions.get(question, question), asked.answers.get(value, value), value)
        for question, value in held["answers"].items()
    ]
    return sorted(found, key=lambda answer: WEIGHT.get(answer.value, 2))
