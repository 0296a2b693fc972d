"""Opening a case in an emergency, and looking at who did."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.forms import EmergencyForm
from homeport.access.gate import FORM, WRITES, actor_in, require_duty, route, standing_in
from homeport.access.selectors import waiting_emergencies
from homeport.access.services.acknowledge import acknowledge_emergency
from homeport.access.services.break_glass import NoReason, break_glass_for
from homeport.audit.verbs import Verb
from homeport.cases.selectors import cases_with_people, names_of
from homeport.core.errors import HomeportError
from homeport.core.keys import KeyGone


@route(verb=Verb.BREAK_GLASS, methods=FORM)
def break_the_glass(request: HttpRequest) -> HttpResponse:
    """An hour's sight of somebody's case, for a clinician who says why."""
    require_duty(request, Duty.BREAK_GLASS)
    if request.method != "POST":
        return render(request, "access/break_glass.html", {"here": "cases", "form": EmergencyForm()})
    form = EmergencyForm(request.POST)
    if form.is_valid():
        try:
            opened = break_glass_for(actor=actor_in(request), **form.cleaned_data)
        except HomeportError as error:
            form.add_error("reason" if isinstance(error, NoReason) else "name", str(error))
        else:
            return HttpResponseRedirect(reverse("case", args=[opened[0].case_id]), status=303)
    return render(request, "access/break_glass.html", {"here": "cases", "form": form}, status=422)


@route(verb=Verb.READ)
def emergencies(request: HttpRequest) -> HttpResponse:
    """What waits for somebody who must look at it: who opened which case, and why."""
    require_duty(request, Duty.SEE_OWN_CASES)
    waiting = list(waiting_emergencies(standing_in(request))[:50])
    names = names_of({opened.person_id for opened in waiting})
    cases = {each.case.pk: each for each in cases_with_people({opened.case_id for opened in waiting})}
    rows = []
    for opened in waiting:
        try:
            reason = opened.reason
        except KeyGone:
            reason = _("The reason was erased.")
        together = cases[opened.case_id]
        people = ", ".join(together.name_of(each.person_id) for each in together.participants)
        rows.append(
            {"opened": opened, "who": names.get(opened.person_id, ""), "of": people, "reason": reason}
        )
    return render(request, "access/emergencies.html", {"here": "cases", "rows": rows})


@route(verb=Verb.SIGN, methods=WRITES)
def acknowledge(request: HttpRequest, broken_id: UUID) -> HttpResponse:
    """Say that one has looked at it."""
    acknowledge_emergency(actor=actor_in(request), broken_id=broken_id)
    return HttpResponseRedirect(reverse("emergencies"), status=303)
