"""Before we begin: what is to be read, signed and filled in, by oneself or for a child."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from homeport.access.gate import get_rows, get_to_answer, route
from homeport.assessments.models import IntakeForm
from homeport.assessments.selectors import due_for
from homeport.audit.verbs import Verb
from homeport.cases.selectors import agreement_of, case_with_people, formats_of, signatures_of
from homeport.cases.texts import own_texts
from homeport.people.selectors import emergency_contact_of
from homeport.safety.models import FirstMeeting, ViolenceScreen
from homeport.web.beginnings.presenters import how_we_meet
from homeport.web.beginnings.reaching import Mine, mine
from homeport.web.beginnings.steps import steps_for
from homeport.web.beginnings.views.child_intake import report_of


@route(verb=Verb.READ)
def before(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """Everything at a glance, and the next thing to do."""
    held = mine(request, participant_id)
    case = held.part.case
    form = intake_of(request, held) if held.is_own else None
    report = None if held.is_own else report_of(request, held)
    contact = emergency_contact_of(held.me.pk) if held.is_own else None
    steps = steps_for(held, signatures_of([participant_id]), own_texts(), form, contact, report)
    together = case_with_people(case)
    shown: dict[str, Any] = {
        "here": "home" if held.is_own else "children",
        "mine": held,
        "therapists": ", ".join(member.person.shown_name for member in together.care_team),
        "steps": steps,
        "next": steps.next(participant_id),
    }
    if held.is_own:
        agreed = agreement_of(case.pk)
        shown |= {
            "how": how_we_meet(case, formats_of([case.pk]).get(case.pk)),
            "agreement": agreed is not None,
            "agreement_signed": agreed is not None and held.me.pk in agreed.signed,
            "measures": due_for(held.me.pk, case_id=case.pk),
            "asked": get_to_answer(request, ViolenceScreen) is not None,
            "to_be_met": bool(
                get_rows(request, FirstMeeting, Q(case_id=case.pk, subject_id=held.me.pk, met_at=None))
            ),
        }
    return render(request, "beginnings/before.html", shown)


def intake_of(request: HttpRequest, held: Mine) -> IntakeForm | None:
    """One's own intake in this case; None before anything of it was saved."""
    rows = get_rows(request, IntakeForm, Q(case_id=held.part.case_id, author_id=held.me.pk), limit=1)
    return rows[0] if rows else None
