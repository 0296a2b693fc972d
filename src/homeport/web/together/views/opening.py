"""Opening a case."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import FORM, actor_in, person_in, require_duty, route
from homeport.audit.verbs import Verb
from homeport.cases.forms import OpenCaseForm
from homeport.cases.models import Case
from homeport.cases.services.open_case import open_case
from homeport.people.models import Person, Role
from homeport.people.posting import posted, saved, status_of, tried
from homeport.people.selectors import the_practice, who_hold
from homeport.web.together.reaching import around


@route(verb=Verb.CREATE, methods=FORM)
def new(request: HttpRequest) -> HttpResponse:
    """Who is treated together, where they live, and by whom."""
    require_duty(request, Duty.OPEN_CASES)
    therapists = list(who_hold(Role.THERAPIST))
    practice = the_practice()
    initial = {"lead": person_in(request), "jurisdiction": practice.jurisdiction if practice else ""}
    form = OpenCaseForm(posted(request), initial=initial, therapists=therapists)
    if request.method == "POST":
        case = tried(form, lambda: _opened(request, form, therapists))
        if case is not None:
            return saved(request, _("The case is open. Now bring in who takes part."), "case-people", case.pk)
    return render(request, "cases/open.html", {**around(request), "form": form}, status=status_of(form))


def _opened(request: HttpRequest, form: OpenCaseForm, therapists: list[Person]) -> Case:
    said = form.cleaned_data
    lead = next(person for person in therapists if str(person.pk) == said["lead"])
    return open_case(
        actor=actor_in(request), kind=Case.Kind(said["kind"]), jurisdiction=said["jurisdiction"], lead=lead
    )
