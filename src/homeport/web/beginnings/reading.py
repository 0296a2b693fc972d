"""What was said in an intake, in the words that were on the screen."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from homeport.assessments.models import FilledIn
from homeport.content.intake import Intake, Question, Section, intake
from homeport.core.errors import ContentError
from homeport.core.keys import KeyGone
from homeport.directory.concerns import Concern


@dataclass(frozen=True, slots=True)
class Said:
    """One question with what was said; ``private``: it opened the safety path."""

    question: str
    answers: list[str]
    private: bool
    refused: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One section; ``said`` is None while it was not saved."""

    id: str
    title: str
    said: list[Said] | None


def parts_of(form: FilledIn) -> list[Part] | None:
    """Every section, with what came in; None where it was erased."""
    try:
        held = dict(form.sections)
    except KeyGone:
        return None
    return [
        _part(section, held.get(section.id), form.questions)
        for section in intake(form=form.questions).sections
    ]


def _part(section: Section, held: dict[str, Any] | None, form: str) -> Part:
    if held is None:
        return Part(section.id, section.title, None)
    asked = _as_it_was(section, held, form)
    given = held["answers"]
    said = [_said(question, given[question.id]) for question in asked.questions if question.id in given]
    return Part(section.id, section.title, said)


def _as_it_was(section: Section, held: dict[str, Any], form: str) -> Section:
    """The section in the version and language in which it was answered; as it is now where that one is gone."""
    try:
        then: Intake = intake(held["language"], held["version"], form)
    except ContentError:
        return section
    return then.section(section.id) or section


def _said(question: Question, value: Any) -> Said:
    if value is None:
        return Said(question.text, [_("Would rather not say")], private=False, refused=True)
    values = [value] if isinstance(value, str) else list(value)
    labels = dict(Concern.choices) if question.kind == "concerns" else question.options
    shown = [str(labels.get(each, each)) for each in values if each]
    return Said(question.text, shown, private=not question.safety.isdisjoint(values), refused=False)
