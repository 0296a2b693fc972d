"""The private questions about home, for those who care for a case."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from homeport.access.gate import WRITES, Hidden, actor_in, get_case, get_row, route
from homeport.access.on_cases import CaseAct
from homeport.audit.verbs import Verb
from homeport.cases.models import Case
from homeport.cases.selectors import case_with_people
from homeport.core.materials import Material
from homeport.safety.models import ViolenceScreen
from homeport.safety.presenters import answers_of
from homeport.safety.services.ask_screens import ask_screens


@route(verb=Verb.CREATE, material=Material.VIOLENCE_SCREEN, methods=WRITES)
def ask(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Put the questions before everybody in the case, alike."""
    get_case(request, case_id, CaseAct.ASK_SCREENS)
    ask_screens(actor=actor_in(request), case_id=case_id)
    return HttpResponseRedirect(reverse("case", args=[case_id]), status=303)


@route(verb=Verb.READ, material=Material.VIOLENCE_SCREEN)
def screen(request: HttpRequest, screen_id: UUID) -> HttpResponse:
    """One person's answers."""
    row = get_row(request, ViolenceScreen, screen_id)
    if row.case_id is None:
        raise Hidden
    case = Case.objects.get(pk=row.case_id)
    together = case_with_people(case)
    context = {
        "here": "cases",
        "case": case,
        "about": together.name_of(row.subject_id),
        "screen": row,
        "answers": answers_of(row),
    }
    return render(request, "safety/screen.html", context)
