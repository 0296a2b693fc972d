"""A person's own page about themselves, and how they want to be reached."""

from allauth.account.utils import get_next_redirect_url
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from homeport.accounts.acting import actor_of, signed_in_user
from homeport.accounts.bearer import bearer_of, forget_bearer
from homeport.accounts.services.keep_result import is_held, keep_held_result
from homeport.core.errors import HomeportError
from homeport.core.versions import Changed
from homeport.people.coming_in import held_invitation
from homeport.people.models import Person, Practice
from homeport.people.own_forms import AboutMeForm, ContactForm
from homeport.people.posting import beside, field_of
from homeport.people.services.change_person import change_person
from homeport.people.services.enter_person import enter_person


@require_http_methods(["GET", "HEAD", "POST"])
def about_me(request: HttpRequest) -> HttpResponse:
    """Names, pronouns, language, zone. The first page that somebody sees who has just signed up."""
    person = Person.objects.filter(user_id=signed_in_user(request).pk).first()
    if person is None and held_invitation(request) is not None:
        # Somebody who was invited is known here by what the invitation says.
        return HttpResponseRedirect(reverse("invitation-accept"))
    theirs: list[tuple[str, str]] = []
    form = AboutMeForm(request.POST or None, initial=AboutMeForm.values(person) if person else _here(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _change(request, person, form) if person else _enter(request, form)
        except HomeportError as error:
            theirs = _tell(request, form, error)
    shown = {"theirs": theirs, "form": form, "is_new": person is None, "holds_result": is_held(request)}
    return render(request, "accounts/about_me.html", shown, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """How to be reached, and how not."""
    person = Person.objects.get(user_id=signed_in_user(request).pk)
    theirs: list[tuple[str, str]] = []
    form = ContactForm(request.POST or None, initial=ContactForm.values(person))
    if request.method == "POST" and form.is_valid():
        try:
            return _change(request, person, form)
        except HomeportError as error:
            theirs = _tell(request, form, error)
    return render(request, "accounts/contact.html", {"form": form, "theirs": theirs}, status=_status(form))


def _enter(request: HttpRequest, form: AboutMeForm) -> HttpResponse:
    me = signed_in_user(request).pk
    try:
        enter_person(actor=actor_of(request), user_id=me, **form.said())
    except HomeportError:
        # The button was pressed twice: the first time they were entered.
        if not Person.objects.filter(user_id=me).exists():
            raise
    forget_bearer(request)
    if keep_held_result(request, bearer_of(request)):
        messages.success(request, _("Your result is kept. Nobody but you can open it."))
    return HttpResponseRedirect(get_next_redirect_url(request) or reverse("account"))


def _change(request: HttpRequest, person: Person, form: AboutMeForm | ContactForm) -> HttpResponse:
    version = form.cleaned_data["version"] or 0
    change_person(actor=actor_of(request), person=person, version=version, changes=form.said())
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("account"))


def _tell(
    request: HttpRequest, form: AboutMeForm | ContactForm, error: HomeportError
) -> list[tuple[str, str]]:
    """Put the error where it belongs; what stands there now, where somebody else was faster."""
    form.add_error(field_of(form, error), str(error))
    if not isinstance(error, Changed):
        return []
    return beside(form, form.values(Person.objects.get(user_id=signed_in_user(request).pk)))


def _here(request: HttpRequest) -> dict[str, str]:
    """What is likely, before somebody says: the page's language, the practice's zone."""
    practice = Practice.objects.first()
    return {"language": request.LANGUAGE_CODE, "zone": practice.zone if practice else ""}


def _status(form: forms.Form) -> int:
    return 422 if form.is_bound else 200
