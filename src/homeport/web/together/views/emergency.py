"""Whom to call for somebody in a case, and where they are."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from homeport.access.gate import actor_in, get_case, route
from homeport.access.on_cases import CaseAct
from homeport.audit.services.record import record_apart
from homeport.audit.verbs import Verb
from homeport.content.crisis import place_by_code
from homeport.people.selectors import emergency_contact_of
from homeport.web.together.reaching import around, participant_in


@route(verb=Verb.READ)
def contact(request: HttpRequest, case_id: UUID, participant_id: UUID) -> HttpResponse:
    """The person to call, the place, the emergency number of where they live. The reading is in the audit first."""
    case = get_case(request, case_id, CaseAct.SEE_EMERGENCY_CONTACT)
    part = participant_in(case, participant_id)
    kept = emergency_contact_of(part.person_id)
    if kept is not None:
        record_apart(
            actor=actor_in(request),
            verb=Verb.READ,
            material="emergency contact",
            row_id=kept.pk,
            case_id=case_id,
            subject_id=part.person_id,
        )
    shown = {
        **around(request),
        "case": case,
        "part": part,
        "kept": kept,
        "place": place_by_code(case.jurisdiction),
    }
    return render(request, "cases/emergency.html", shown)
