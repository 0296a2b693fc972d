"""The wish to begin: from the list, through an account made now, to the therapist.

What a visitor chose waits in their own browser's session, under a key that browser alone holds, for an hour. An account made
there takes it along; whoever signs in to one they had before is asked first (``homeport.accounts.waiting``).
"""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from homeport.access.gate import FORM, WRITES, Hidden, actor_in, person_in, route, standing_in
from homeport.accounts.origin import is_same_site
from homeport.accounts.waiting import must_be_asked
from homeport.audit.verbs import Verb
from homeport.cases.models import Participant
from homeport.core.errors import HomeportError
from homeport.core.materials import Material
from homeport.directory.carried import begin as nothing_said
from homeport.directory.carried import held, hold, let_go, unseal
from homeport.directory.forms.asking import BeginForm, ChangeForm
from homeport.directory.selectors import profile_shown
from homeport.directory.services.ask_to_begin import ask_for_change, ask_to_begin
from homeport.directory.services.put_request import Said
from homeport.directory.views.ask import told_along
from homeport.directory.views.match import calm
from homeport.people.models import Person
from homeport.people.offers import Together
from homeport.people.posting import field_of, posted, saved, status_of
from homeport.safety.selectors import anyone_reading_now

TO = "to"


@csrf_exempt  # the list has no cookie; that it was one of our pages, the browser itself says
@route(verb=Verb.CREATE, public=True, methods=WRITES)
@calm
def begin_with(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the wishes wait in this browser alone, and lead to an account; on to the page itself for who has signed in."""
    if profile_shown(slug) is None:
        raise Hidden
    if not is_same_site(request):
        return render(request, "accounts/open_too_long.html", {"address": reverse("match")}, status=403)
    sealed = request.POST.get("carried", "")
    hold(request, unseal(sealed) if sealed else nothing_said(), extra={TO: slug})
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("begin"), status=303)
    there = urlencode({"next": reverse("begin")})
    return HttpResponseRedirect(f"{reverse('account_signup')}?{there}", status=303)


@route(verb=Verb.CREATE, material=Material.REQUEST, methods=FORM)
def begin(request: HttpRequest) -> HttpResponse:
    """Ask to begin with the therapist one chose, or ask intake to choose."""
    me = person_in(request)
    if request.method != "POST" and must_be_asked(request):
        return HttpResponseRedirect(f"{reverse('account-yours')}?{urlencode({'next': reverse('begin')})}")
    carried = held(request)
    # The form says it too: sent again, or after an hour, it goes to whom it named.
    slug = (carried.extra.get(TO, "") if carried else "") or request.POST.get(TO, "")
    profile = profile_shown(slug) if slug else None
    wishes = carried.wishes if carried else None
    first = {"format": (wishes.format if wishes else None) or Together.INDIVIDUAL, "share": True}
    form = BeginForm(posted(request), initial=first)
    if form.is_valid():
        told = _said(me, form.cleaned_data, where=wishes.where if wishes else "")
        if carried and form.cleaned_data["share"]:
            told = replace(told, wishes=told_along(carried))
        to_id = profile.therapist.person_id if profile else None
        ask_to_begin(actor=actor_in(request), to_id=to_id, said=told)
        let_go(request)
        return saved(request, _("It is sent. You hear from us as soon as there is an answer."), "my-requests")
    context = {
        "here": "home",
        "form": form,
        "name": profile.therapist.person.name if profile else "",
        "to": slug if profile else "",
        "has_chosen": bool(wishes and wishes.given),
        "reading": anyone_reading_now(),
    }
    return render(request, "directory/asked/begin.html", context, status=status_of(form))


@route(verb=Verb.CREATE, material=Material.REQUEST, methods=FORM)
def change(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask intake for another therapist, without a word to whom one sees now."""
    me = person_in(request)
    if case_id not in standing_in(request).participates_in:
        raise Hidden
    form = ChangeForm(posted(request))
    if form.is_valid():
        try:
            ask_for_change(actor=actor_in(request), case_id=case_id, said=_said(me, form.cleaned_data))
            return saved(request, _("Intake has it. Whom you see now has not been told."), "my-requests")
        except HomeportError as error:
            form.add_error(field_of(form, error), str(error))
    others = Participant.objects.filter(case_id=case_id, until_at=None).exclude(person_id=me)
    context = {
        "here": "home",
        "form": form,
        "reading": anyone_reading_now(),
        "with_others": others.exists(),
    }
    return render(request, "directory/asked/change.html", context, status=status_of(form))


def _said(me: UUID, typed: dict[str, Any], *, where: str = "") -> Said:
    person = Person.objects.get(pk=me)
    return Said(
        words=typed["words"],
        called=person.shown_name,
        language=get_language() or person.language,
        zone=person.zone,
        format=Together(typed.get("format") or Together.INDIVIDUAL),
        where=where,
    )
