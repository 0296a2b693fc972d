"""What people fill in on the pages of this folder."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from homeport.assessments.models import FilledIn
from homeport.cases.models import FormatDecision
from homeport.content.intake import Question, Section
from homeport.directory.concerns import Concern
from homeport.people.forms.fields import ShortWords, line, one_shown, some_of, version, words, yes

RATHER_NOT = "rather_not"
NOT_SAID = _("I would rather not say")


class SectionForm(forms.Form):
    """One section of the intake. Nothing in it must be answered, and each question about oneself can be refused outright."""

    version = version()

    def __init__(self, *args: Any, section: Section, minor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = section.asked(minor=minor)
        # What describes a person they may not want written down at all: then they say so, and nobody asks again.
        self.may_refuse = section.id == "about"
        for question in self.questions:
            self.fields |= _fields(question, may_refuse=self.may_refuse)

    def said(self) -> dict[str, Any]:
        """The answers by question, once the form is valid; None for what somebody would rather not say."""
        given = self.cleaned_data
        found: dict[str, Any] = {}
        for question in self.questions:
            if given.get(f"{question.id}_{RATHER_NOT}") or given.get(question.id) == RATHER_NOT:
                found[question.id] = None
            elif question.kind == "lines":
                lines = [given[f"{question.id}_{number}"].strip() for number in range(1, question.lines + 1)]
                found[question.id] = [each for each in lines if each]
            else:
                found[question.id] = given[question.id]
        return found

    @property
    def rows(self) -> list[tuple[list[BoundField], BoundField | None]]:
        """The fields of each question, with the one that refuses it."""
        rows = []
        for question in self.questions:
            names = _names(question)
            refuses = f"{question.id}_{RATHER_NOT}"
            rows.append(([self[name] for name in names], self[refuses] if refuses in self.fields else None))
        return rows


def as_initial(section: Section, row: FilledIn | None) -> dict[str, Any]:
    """What was said before, as the form wants it; nothing where nothing was."""
    if row is None:
        return {}
    answers = row.answers(section.id)
    found: dict[str, Any] = {"version": row.version_of(section.id)}
    for question in section.questions:
        said = answers.get(question.id, "")
        if question.id in answers and said is None:
            found[question.id] = RATHER_NOT if question.kind == "one" else ""
            found[f"{question.id}_{RATHER_NOT}"] = True
        elif question.kind == "lines":
            found |= {f"{question.id}_{number}": each for number, each in enumerate(said or (), start=1)}
        else:
            found[question.id] = said
    return found


def _names(question: Question) -> list[str]:
    if question.kind == "lines":
        return [f"{question.id}_{number}" for number in range(1, question.lines + 1)]
    return [question.id]


def _fields(question: Question, *, may_refuse: bool) -> dict[str, forms.Field]:
    text, how = question.text, {"required": False, "help_text": question.hint}
    options = list(question.options.items())
    if question.kind == "concerns":
        return {question.id: some_of(text, Concern.choices, **how)}
    if question.kind == "some":
        return {question.id: some_of(text, options, **how)}
    if question.kind == "one":
        refusal = [(RATHER_NOT, NOT_SAID)] if may_refuse else []
        return {question.id: one_shown(text, [*options, *refusal], **how)}
    if question.kind == "words":
        return {question.id: words(text, help_text=question.hint)}
    if question.kind == "lines":
        return _lines(question)
    found: dict[str, forms.Field] = {question.id: line(text, longest=300, help_text=question.hint)}
    if may_refuse:
        found[f"{question.id}_{RATHER_NOT}"] = yes(NOT_SAID)
    return found


def _lines(question: Question) -> dict[str, forms.Field]:
    """Several fields for one question; the first carries its words. All of a sentence must show on a phone."""
    more = (words(_("Another one, if you like"), longest=300) for _number in range(1, question.lines))
    fields = [words(question.text, longest=300, help_text=question.hint), *more]
    for each in fields:
        each.widget = ShortWords()
    return {f"{question.id}_{number}": each for number, each in enumerate(fields, start=1)}


class FormatForm(forms.Form):
    """In which form the case goes on."""

    format = one_shown(_("How you go on"), FormatDecision.Format.choices)
    met_each_alone = yes(_("I have met each of them alone"))
