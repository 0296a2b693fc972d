"""The first start, once: the practice and its first manager. Nobody finds this page on an installation that has one."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from homeport.access.gate import FORM, Hidden, actor_in, route
from homeport.audit.verbs import Verb
from homeport.people.coming_in import let_in
from homeport.people.forms.practice import SetUpForm
from homeport.people.models import Invitation
from homeport.people.posting import posted, status_of, tried
from homeport.people.selectors import the_practice
from homeport.people.services.set_up_practice import begin_practice


@route(verb=Verb.SETTING, public=True, methods=FORM)
def set_up(request: HttpRequest) -> HttpResponse:
    """Everything on one page, behind the code that Homeport showed where it was started."""
    if the_practice() is not None:
        raise Hidden
    form = SetUpForm(posted(request))
    if request.method == "POST":
        invitation = tried(form, lambda: _begun(request, form))
        if invitation is not None:
            let_in(request, invitation)
            return HttpResponseRedirect(reverse("invitation-accept"), status=303)
    return render(request, "people/set_up.html", {"form": form}, status=status_of(form))


def _begun(request: HttpRequest, form: SetUpForm) -> Invitation:
    _practice, invitation, _secret = begin_practice(actor=actor_in(request), **form.said())
    return invitation
