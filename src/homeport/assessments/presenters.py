"""How questionnaires and what came of them are shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from homeport.assessments.models import Administration, Assignment, ChildIntake, FilledIn, Score
from homeport.assessments.selectors import CameIn
from homeport.cases.selectors import Together
from homeport.content.instruments import Key, Scale, load_key
from homeport.content.instruments.bank import bank_words, slot_labels

SECONDS_A_QUESTION = 8
OWN_BANK = "attachment.homeport"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody's answers, without a word of what it measures."""

    id: UUID
    questions: int
    minutes: int
    answered: int
    about: str
    period: str

    @property
    def is_begun(self) -> bool:
        """Whether they answered anything of it."""
        return self.answered > 0


def waiting(assignment: Assignment, begun: Administration | None, answered: int, about: str = "") -> Waiting:
    """One of them. ``answered``: how many questions have an answer; ``about``: whom a report is about."""
    key = load_key(assignment.instrument, assignment.key_version)
    questions = len(begun.items) if begun else _length(key, assignment.slot)
    minutes = max(1, ceil(questions * SECONDS_A_QUESTION / 60))
    return Waiting(assignment.pk, questions, minutes, answered, about or _slot(assignment), key.period)


def _length(key: Key, slot: str) -> int:
    forms = [form for form in key.forms if slot in form.slots]
    return len(forms[0].items) if forms else len(key.items)


def _slot(assignment: Assignment) -> str:
    return measure_about(assignment.instrument, assignment.slot)


def measure_about(instrument: str, slot: str) -> str:
    """The relationship that it asks about, in words; "" where it asks about none."""
    return slot_labels("en").get(slot, "") if instrument == OWN_BANK and slot else ""


@dataclass(frozen=True, slots=True)
class ShownScore:
    """One scale as a clinician reads it."""

    scale: str
    value: str
    margin: str
    lowest: str
    highest: str
    share: int
    band: str
    answered: int
    of: int
    filled: bool
    why: str
    source: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class ShownMeasure:
    """One assignment with what came of it."""

    id: UUID
    title: str
    by: str
    about: str
    state: str
    asked_at: Any
    due_at: Any
    sent_at: Any
    is_open: bool
    has_answers: bool
    scores: tuple[ShownScore, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ShownForm:
    """One form from before the first session. ``by_guardian``: somebody who stands for the child filled it in."""

    about: str
    address: str
    by_guardian: bool
    at: Any
    is_news: bool


def forms_shown(forms: Iterable[FilledIn], together: Together) -> list[ShownForm]:
    """Those of which something came in, the latest first."""
    found = [each for each in forms if each.filled_at is not None]
    return [
        ShownForm(
            about=together.name_of(each.subject_id),
            address=reverse("child-intake" if isinstance(each, ChildIntake) else "intake", args=[each.pk]),
            by_guardian=isinstance(each, ChildIntake),
            at=each.filled_at,
            is_news=each.is_news,
        )
        for each in sorted(found, key=lambda each: (each.filled_at, str(each.pk)), reverse=True)
    ]


def measures(came_in: Sequence[CameIn], together: Together) -> list[ShownMeasure]:
    """Everything that was asked and came in of a case, in words."""
    return [_measure(each, together) for each in came_in]


def _measure(came: CameIn, together: Together) -> ShownMeasure:
    asked, begun = came.assignment, came.administration
    key = load_key(asked.instrument, begun.key_version if begun else asked.key_version)
    other = asked.about_id if asked.about_id != asked.author_id else None
    return ShownMeasure(
        id=asked.pk,
        title=key.abbreviation or key.title,
        by=together.name_of(asked.author_id),
        about=together.name_of(other) if other else _slot(asked),
        state=_state(asked, begun),
        asked_at=asked.created_at,
        due_at=asked.due_at,
        sent_at=begun.finished_at if begun else None,
        is_open=asked.state == Assignment.State.DUE,
        has_answers=begun is not None,
        scores=shown_scores(key, came.scores, begun),
        note=_("These questions are not validated yet.") if key.standing == "not-validated" else "",
    )


def _state(asked: Assignment, begun: Administration | None) -> str:
    if asked.state == Assignment.State.WITHDRAWN:
        return _("Taken back")
    if asked.state == Assignment.State.DONE:
        return _("Sent")
    if begun is None or begun.last_answer_at is None:
        return _("Not begun")
    return _("Left; read as it is") if begun.state == Administration.State.LEFT else _("Being answered")


def shown_scores(key: Key, scores: Iterable[Score], begun: Administration | None) -> tuple[ShownScore, ...]:
    """Those of the scores that the key means to be reported."""
    return tuple(_score(key, each, begun) for each in scores if key.scale(each.scale).report)


def _score(key: Key, score: Score, begun: Administration | None) -> ShownScore:
    scale = key.scale(score.scale)
    form = begun.format if begun else ""
    low, high = _range(scale, form, key)
    span = high - low
    share = 0 if score.value is None or not span else round(100 * (score.value - low) / span)
    margin = "" if score.standard_error is None else f"± {_number(1.96 * score.standard_error)}"
    bands = next((each for each in scale.bands if each.format in ("", form)), None)
    return ShownScore(
        scale=scale.title,
        value="" if score.value is None else _number(score.value),
        margin=margin,
        lowest=_number(low),
        highest=_number(high),
        share=max(0, min(100, share)),
        band=_band(key, scale, score.band),
        answered=score.answered,
        of=score.of,
        filled=score.filled,
        why=score.why,
        source=bands.source if bands else "",
        provisional=bool(bands and bands.mark.provisional) or scale.mark.provisional,
    )


def _range(scale: Scale, form: str, key: Key) -> tuple[float, float]:
    name = form or key.formats[0]
    low = scale.minimum.get(name, next(iter(scale.minimum.values()), 0.0))
    return low, scale.maximum.get(name, next(iter(scale.maximum.values()), 0.0))


def _band(key: Key, scale: Scale, band: str) -> str:
    if not band:
        return ""
    if key.id == OWN_BANK:
        return bank_words("en").bands[scale.id][band].label
    return band.replace("-", " ").capitalize()


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer in the words that were on the screen."""

    question: str
    answer: str
    is_risk: bool
    is_skipped: bool


def answers_shown(
    key: Key, begun: Administration, said: Mapping[str, int | None], texts: Mapping[str, str], labels: Any
) -> list[ShownAnswer]:
    """Every question that was asked, in the order of the key, with what was answered. ``labels``: item id to labels."""
    asked = [item for item in key.items if item.id in begun.items]
    found = []
    for item in asked:
        value = said.get(item.id)
        answer = _("Skipped") if item.id in said else _("Not answered")
        if value is not None:
            answer = f"{labels(item.id).get(value, '')} ({value})"
        risky = item.risk and bool(value)
        found.append(ShownAnswer(texts.get(item.id, item.id), answer, risky, value is None))
    return found
