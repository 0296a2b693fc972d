"""Cases, for those who work on them."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from homeport.access.duties import Duty, may_do
from homeport.access.gate import get_case, get_rows, require_duty, route, standing_in
from homeport.access.on_cases import CaseAct, cases_for, may_with_case
from homeport.audit.verbs import Verb
from homeport.cases.models import Case
from homeport.cases.selectors import agreement_of, case_with_people, cases_with_people
from homeport.encounters.models import SessionNote
from homeport.encounters.presenters import piece
from homeport.exercises.models import JournalEntry
from homeport.exercises.presenters import shown
from homeport.safety.models import ViolenceScreen


@route(verb=Verb.LIST)
def cases(request: HttpRequest) -> HttpResponse:
    """Every case that one treats, covers or supervises."""
    require_duty(request, Duty.SEE_OWN_CASES)
    found = cases_with_people(cases_for(standing_in(request), CaseAct.SEE))
    return render(
        request,
        "web/cases/list.html",
        {"here": "cases", "cases": found, "may_open": may_do(standing_in(request), Duty.OPEN_CASES)},
    )


@route(verb=Verb.READ)
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One case: who is in it, what was agreed, what was written and shared."""
    together = case_with_people(get_case(request, case_id, CaseAct.SEE))
    standing, here = standing_in(request), Q(case_id=case_id)
    screens = get_rows(request, ViolenceScreen, here)
    entries = get_rows(request, JournalEntry, here)
    context = {
        "here": "cases",
        "together": together,
        "people": [
            {"part": each, "name": together.name_of(each.person_id)} for each in together.participants
        ],
        "agreed": agreement_of(case_id),
        "notes": [
            {"note": note, "about": together.name_of(note.subject_id), "shown": piece(note, together)}
            for note in get_rows(request, SessionNote, here)
        ],
        "entries": [
            {"entry": found, "by": together.name_of(entry.author_id)}
            for entry in entries
            if (found := shown(entry)) is not None
        ],
        "screens": [{"screen": screen, "about": together.name_of(screen.subject_id)} for screen in screens],
        "may_write": may_with_case(standing, CaseAct.WRITE_NOTES, case_id),
        "may_arrange": may_with_case(standing, CaseAct.ARRANGE, case_id),
        "may_book": together.case.status == Case.Status.OPEN
        and may_with_case(standing, CaseAct.BOOK, case_id),
        "may_ask": may_with_case(standing, CaseAct.ASK_SCREENS, case_id),
    }
    return render(request, "web/cases/case.html", context)
