"""Taking everything along, and being erased."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.gate import FORM, WRITES, actor_in, person_in, route
from homeport.accounts.recent import recent_authentication_required
from homeport.audit.verbs import Verb
from homeport.core.errors import HomeportError
from homeport.interop.services.erase_mine import erase_mine
from homeport.interop.services.export_mine import export_mine
from homeport.people.models import Person


@route(verb=Verb.READ)
def my_data(request: HttpRequest) -> HttpResponse:
    """What can be done with everything that is kept about me."""
    person_in(request)
    return render(request, "interop/my_data.html", {"here": "account"})


@route(verb=Verb.EXPORT, methods=WRITES)
@recent_authentication_required()
def export(request: HttpRequest) -> HttpResponse:
    """Everything about me, as one file to keep. Its name says nothing."""
    person = Person.objects.select_related("user").get(pk=person_in(request))
    packed = export_mine(actor=actor_in(request), person=person)
    answer = HttpResponse(packed, content_type="application/zip")
    answer.headers["Content-Disposition"] = 'attachment; filename="homeport.zip"'
    return answer


@route(verb=Verb.ERASE, methods=FORM)
@recent_authentication_required()
def erase(request: HttpRequest) -> HttpResponse:
    """Ask once more, then erase what is one's own. Afterwards there is nobody to be signed in as."""
    person = Person.objects.select_related("user").get(pk=person_in(request))
    problem = ""
    if request.method == "POST":
        if request.POST.get("sure") != "yes":
            problem = _("Tick the box if you are sure. Nothing was erased.")
        else:
            try:
                done = erase_mine(actor=actor_in(request), person=person)
            except HomeportError as error:
                problem = str(error)
            else:
                logout(request)
                return render(request, "interop/erased.html", {"done": done})
    return render(
        request, "interop/erase.html", {"here": "account", "problem": problem}, status=422 if problem else 200
    )
