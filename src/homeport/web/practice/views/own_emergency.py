"""Whom to call for oneself, and where one is during a session by video or phone."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.gate import FORM, actor_in, person_in, route
from homeport.audit.verbs import Verb
from homeport.people.forms.emergency import ContactForm, WhereForm
from homeport.people.models import EmergencyContact, Person
from homeport.people.posting import posted, saved, status_of, tried_beside
from homeport.people.selectors import emergency_contact_of
from homeport.people.services.keep_emergency_contact import keep_emergency_contact, say_where


@route(verb=Verb.CHANGE, methods=FORM)
def contact(request: HttpRequest) -> HttpResponse:
    """Somebody to call."""
    form = ContactForm(posted(request), initial=_values(request, ContactForm))
    return _page(request, form, "people/emergency.html", lambda: _kept(request, form))


@route(verb=Verb.CHANGE, methods=FORM)
def where(request: HttpRequest) -> HttpResponse:
    """The place where help would have to come to."""
    form = WhereForm(posted(request), initial=_values(request, WhereForm))
    return _page(request, form, "people/where.html", lambda: _said(request, form))


def _page(request: HttpRequest, form: forms.Form, template: str, act: Any) -> HttpResponse:
    done, theirs = tried_beside(form, act, lambda: _values(request, type(form)))
    if done:
        return saved(request, _("Saved."), "account")
    held = emergency_contact_of(person_in(request))
    shown = {"here": "account", "form": form, "theirs": theirs, "since": held.location_at if held else None}
    return render(request, template, shown, status=status_of(form))


def _values(request: HttpRequest, kind: type[forms.Form]) -> dict[str, Any]:
    held = emergency_contact_of(person_in(request))
    return {name: getattr(held, name) for name in kind.base_fields} if held else {}


def _kept(request: HttpRequest, form: ContactForm) -> EmergencyContact:
    return keep_emergency_contact(
        actor=actor_in(request),
        person=_me(request),
        contact=form.said(),
        version=form.cleaned_data["version"],
    )


def _said(request: HttpRequest, form: WhereForm) -> EmergencyContact:
    said = form.cleaned_data
    return say_where(
        actor=actor_in(request), person=_me(request), location=said["location"], version=said["version"]
    )


def _me(request: HttpRequest) -> Person:
    return Person.objects.get(pk=person_in(request))
