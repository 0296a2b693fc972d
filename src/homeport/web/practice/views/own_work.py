"""A therapist's own page about what they offer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import FORM, Hidden, actor_in, person_in, require_duty, route
from homeport.audit.verbs import Verb
from homeport.people.forms.work import OfferForm
from homeport.people.models import Therapist
from homeport.people.posting import posted, saved, status_of, tried_beside
from homeport.people.selectors import licences_of, therapist_of, will_of
from homeport.people.services.change_offer import change_offer


@route(verb=Verb.READ)
def work(request: HttpRequest) -> HttpResponse:
    """The ways to everything about one's own work."""
    require_duty(request, Duty.KEEP_OWN_WORK)
    me = person_in(request)
    shown = {
        "here": "work",
        "offer": _own(request),
        "licences": licences_of(me),
        "will": will_of(me),
    }
    return render(request, "people/work.html", shown)


@route(verb=Verb.CHANGE, methods=FORM)
def offer(request: HttpRequest) -> HttpResponse:
    """Languages, people, approaches, formats, fees."""
    require_duty(request, Duty.KEEP_OWN_WORK)
    therapist = _own(request)
    form = OfferForm(posted(request), initial=OfferForm.values(therapist))
    done, theirs = tried_beside(
        form, lambda: _changed(request, therapist, form), lambda: OfferForm.values(_own(request))
    )
    if done:
        return saved(request, _("Saved."), "work")
    shown = {"here": "work", "form": form, "theirs": theirs}
    return render(request, "people/offer.html", shown, status=status_of(form))


def _changed(request: HttpRequest, therapist: Therapist, form: OfferForm) -> Therapist:
    version = form.cleaned_data["version"] or 0
    return change_offer(actor=actor_in(request), therapist=therapist, version=version, changes=form.said())


def _own(request: HttpRequest) -> Therapist:
    found = therapist_of(person_in(request))
    if found is None:
        raise Hidden
    return found
