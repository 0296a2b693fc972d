"""The practice's settings and its words."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import FORM, Hidden, actor_in, require_duty, route
from homeport.audit.verbs import Verb
from homeport.people.forms.practice import PracticeForm, WordsForm
from homeport.people.models import Practice
from homeport.people.posting import posted, saved, status_of, tried_beside
from homeport.people.selectors import the_practice
from homeport.people.services.change_practice import change_practice

Values = Callable[[Practice], dict[str, Any]]


@route(verb=Verb.SETTING, methods=FORM)
def settings(request: HttpRequest) -> HttpResponse:
    """Name, place, zone, languages, crisis region, retention."""
    require_duty(request, Duty.CHANGE_PRACTICE)
    practice = _practice()
    form = PracticeForm(posted(request), initial=PracticeForm.values(practice))
    return _page(request, form, "people/settings.html", PracticeForm.values, lambda said: said)


@route(verb=Verb.SETTING, methods=FORM)
def words(request: HttpRequest) -> HttpResponse:
    """What this practice calls a client, a session and a plan."""
    require_duty(request, Duty.CHANGE_PRACTICE)
    form = WordsForm(posted(request), initial=WordsForm.values(_practice()))
    return _page(request, form, "people/words.html", WordsForm.values, lambda _said: {"words": form.said()})


def _page(
    request: HttpRequest,
    form: forms.Form,
    template: str,
    values: Values,
    changes: Callable[[dict[str, Any]], dict[str, Any]],
) -> HttpResponse:
    done, theirs = tried_beside(form, lambda: _change(request, form, changes), lambda: values(_practice()))
    if done:
        return saved(request, _("Saved."), "practice")
    return render(
        request, template, {"here": "practice", "form": form, "theirs": theirs}, status=status_of(form)
    )


def _change(
    request: HttpRequest, form: forms.Form, changes: Callable[[dict[str, Any]], dict[str, Any]]
) -> Practice:
    said = dict(form.cleaned_data)
    version = said.pop("version") or 0
    return change_practice(actor=actor_in(request), version=version, changes=changes(said))


def _practice() -> Practice:
    practice = the_practice()
    if practice is None:
        raise Hidden
    return practice
