"""What is mine: the first page after signing in, the same for everybody, with what each person has."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from homeport.access.duties import Duty, may_do
from homeport.access.gate import get_rows, get_to_answer, person_in, route, standing_in
from homeport.access.selectors import emergencies_in, waiting_emergencies
from homeport.assessments.models import IntakeForm
from homeport.assessments.selectors import due_for
from homeport.audit.verbs import Verb
from homeport.cases.selectors import Together, agreements_of, cases_with_people, names_of, signatures_of
from homeport.cases.texts import OwnTexts, own_texts
from homeport.directory.fit import due_reviews
from homeport.directory.models import Request
from homeport.directory.presenters_of_requests import names_of as names_on
from homeport.directory.presenters_of_requests import shown_to_author
from homeport.encounters.models import SessionNote
from homeport.exercises.models import JournalEntry
from homeport.exercises.presenters import shown
from homeport.people.models import Role
from homeport.people.selectors import emergency_contact_of
from homeport.safety.models import ViolenceScreen
from homeport.scheduling.models import Appointment
from homeport.web.practice.doors import doors
from homeport.web.presenters.home import care_of, notes_for, own_parts
from homeport.web.presenters.to_sign import to_sign
from homeport.web.presenters.waiting import times_to_choose, waiting_for
from homeport.web.selectors import MOST, next_appointments

LATEST = 3
APPOINTMENTS_SHOWN = 5
# A request that something may still come of, or whose answer is to be read.
STILL_OPEN = (Request.Status.SENT, Request.Status.ANSWERED, Request.Status.DECLINED)


@route(verb=Verb.LIST)
def home(request: HttpRequest) -> HttpResponse:
    """One's own care, what waits, what one wrote, and, for those who work here, what is to be looked at."""
    me, standing = person_in(request), standing_in(request)
    together = cases_with_people(standing.participates_in)
    opened = emergencies_in(standing.participates_in)
    names = names_of({each.person_id for each in opened}) if opened else {}
    entries = get_rows(request, JournalEntry, Q(author_id=me), limit=LATEST)
    released = get_rows(request, SessionNote, Q(case_id__in=standing.participates_in), limit=20)
    asked_us = get_rows(request, Request, Q(author_id=me, status__in=STILL_OPEN), limit=LATEST)
    called = names_on(asked_us) if asked_us else {}
    coming = next_appointments(standing, limit=MOST)
    context: dict[str, Any] = {
        "here": "home",
        **_before_us(request, together, {each.case_id for each in coming}),
        "appointments": [{"at": one, "with": _with(one, together)} for one in coming[:APPOINTMENTS_SHOWN]],
        "asked_us": [shown_to_author(each, called) for each in asked_us],
        "asked": get_to_answer(request, ViolenceScreen) is not None,
        "notes": notes_for(released, together),
        "entries": [found for entry in entries if (found := shown(entry)) is not None],
        "doors": doors(standing),
        "guards": bool(standing.guards),
        "is_new": not (together or standing.guards or standing.roles - {Role.CLIENT}),
        "opened": [{"at": each.from_at, "who": names.get(each.person_id, "")} for each in opened],
    }
    if may_do(standing, Duty.SEE_OWN_CASES):
        drafts = Q(author_id=me, signed_at=None, case_id__in=standing.professional_cases)
        unsigned = get_rows(request, SessionNote, drafts, limit=20)
        treated = cases_with_people({note.case_id for note in unsigned if note.case_id}) if unsigned else []
        context |= {
            "works": True,
            "emergencies": waiting_emergencies(standing).count(),
            "drafts": to_sign(unsigned, {each.case.pk: each for each in treated}),
        }
    return render(request, "web/home.html", context)


def _before_us(
    request: HttpRequest, together: list[Together], booked: Collection[UUID | None]
) -> dict[str, Any]:
    """One's own care, and what waits in it: the next thing, and everything else. ``booked``: cases with a time ahead."""
    me = person_in(request)
    parts = own_parts(together, me)
    agreements = agreements_of([each.case.pk for each in together])
    waiting = waiting_for(
        parts,
        signatures_of([part.pk for part in parts]),
        own_texts() if parts else OwnTexts([]),
        agreements,
        get_rows(request, IntakeForm, Q(author_id=me)) if parts else [],
        emergency_contact_of(me) if parts else None,
        due_for(me) if parts else [],
        due_reviews(me, [part.case_id for part in parts]),
    )
    care = care_of(together, agreements, me, {part.case_id: part.pk for part in parts})
    waiting = [*times_to_choose(parts, care, booked), *waiting]
    return {
        "care": care,
        "next": waiting[0] if waiting else None,
        "waiting": waiting[1:],
    }


def _with(one: Appointment, together: list[Together]) -> str:
    """Who treats the case that the appointment is of."""
    case = next((each for each in together if each.case.pk == one.case_id), None)
    return ", ".join(member.person.shown_name for member in case.care_team) if case else ""
