"""What is mine: the first page after signing in, the same for everybody, with what each person has."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from homeport.access.duties import Duty, may_do
from homeport.access.gate import get_rows, get_to_answer, person_in, route, standing_in
from homeport.access.selectors import emergencies_in, waiting_emergencies
from homeport.audit.verbs import Verb
from homeport.cases.selectors import agreements_of, cases_with_people, names_of
from homeport.encounters.models import SessionNote
from homeport.exercises.models import JournalEntry
from homeport.exercises.presenters import shown
from homeport.safety.models import ViolenceScreen
from homeport.web.practice.doors import doors
from homeport.web.presenters.home import care_of, notes_for

LATEST = 3


@route(verb=Verb.LIST)
def home(request: HttpRequest) -> HttpResponse:
    """One's own care, what waits, what one wrote, and, for those who work here, what is to be looked at."""
    me, standing = person_in(request), standing_in(request)
    together = cases_with_people(standing.participates_in)
    opened = emergencies_in(standing.participates_in)
    names = names_of({each.person_id for each in opened}) if opened else {}
    entries = get_rows(request, JournalEntry, Q(author_id=me), limit=LATEST)
    released = get_rows(request, SessionNote, Q(case_id__in=standing.participates_in), limit=20)
    context = {
        "here": "home",
        "care": care_of(together, agreements_of(standing.participates_in), me),
        "asked": get_to_answer(request, ViolenceScreen) is not None,
        "notes": notes_for(released, together),
        "entries": [found for entry in entries if (found := shown(entry)) is not None],
        "doors": doors(standing),
        "opened": [{"at": each.from_at, "who": names.get(each.person_id, "")} for each in opened],
    }
    if may_do(standing, Duty.SEE_OWN_CASES):
        drafts = Q(author_id=me, signed_at=None, case_id__in=standing.professional_cases)
        unsigned = get_rows(request, SessionNote, drafts, limit=20)
        about = names_of({note.subject_id for note in unsigned if note.subject_id}) if unsigned else {}
        context |= {
            "works": True,
            "emergencies": waiting_emergencies(standing).count(),
            "drafts": [
                {"note": note, "about": about.get(note.subject_id) if note.subject_id else ""}
                for note in unsigned
            ],
        }
    return render(request, "web/home.html", context)
