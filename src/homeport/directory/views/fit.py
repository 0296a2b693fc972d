"""Is this the right one?"""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.gate import FORM, Hidden, actor_in, person_in, route, standing_in
from homeport.audit.verbs import Verb
from homeport.core.materials import Material
from homeport.directory.fit import QUESTIONS, SCALE, Due, due_reviews, has_reviewed
from homeport.directory.presenters import initials
from homeport.directory.services.give_fit_review import give_fit_review
from homeport.people.forms.fields import words
from homeport.people.models import Person
from homeport.people.posting import posted, saved, status_of


class FitForm(forms.Form):
    """Five short lines, each of which may be left out, and one's own words."""

    words = words(_("Something you want to remember"), longest=2_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(value), label) for value, label in SCALE]
        for name, text in QUESTIONS.items():
            self.fields[name] = forms.ChoiceField(
                label=text, choices=choices, required=False, widget=forms.RadioSelect
            )

    @property
    def answers(self) -> dict[str, int]:
        """By question, once the form is valid."""
        return {name: int(self.cleaned_data[name]) for name in QUESTIONS if self.cleaned_data[name]}

    @property
    def asked(self) -> list[Any]:
        """The fields of the questions."""
        return [self[name] for name in QUESTIONS]


@route(verb=Verb.CREATE, material=Material.ALLIANCE_ANSWERS, methods=FORM)
def fit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The questions of the session that was reached, while they wait; the answers are on no other screen."""
    due = _due(request, case_id)
    if due is None:  # the button pressed twice, or a page from before: there is nothing to be sorry about
        return saved(request, _("You have said how it is. What you sent first is kept."), "home")
    form = FitForm(posted(request))
    if form.is_valid():
        give_fit_review(
            actor=actor_in(request), case_id=case_id, after=due.after, answers=form.answers,
            words=form.cleaned_data["words"],
        )  # fmt: skip
        low = [value for value in form.answers.values() if value <= 1]
        if low:
            return render(request, "directory/fit/low.html", {"here": "home", "case_id": case_id})
        return saved(request, _("Kept, for you alone."), "home")
    therapist = Person.objects.filter(pk=due.therapist_id).first() if due.therapist_id else None
    name = therapist.shown_name if therapist else ""
    context = {"here": "home", "form": form, "after": due.after, "name": name, "initials": initials(name)}
    return render(request, "directory/fit/ask.html", context, status=status_of(form))


def _due(request: HttpRequest, case_id: UUID) -> Due | None:
    """What waits to be answered; None where they have answered it already."""
    me = person_in(request)
    if case_id not in standing_in(request).participates_in:
        raise Hidden
    found = due_reviews(me, [case_id])
    if not found and not has_reviewed(me, case_id):
        raise Hidden
    return found[0] if found else None
