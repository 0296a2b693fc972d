"""An interview on suicide, written down by a clinician; and what it asks for, in plain words."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.gate import FORM, Hidden, actor_in, get_case, get_row, get_rows, route, standing_in
from homeport.access.on_cases import CaseAct, may_with_case
from homeport.accounts.drafts import never_kept
from homeport.audit.verbs import Verb
from homeport.cases.models import Case
from homeport.cases.selectors import case_with_people, names_of
from homeport.core.materials import Material
from homeport.people.posting import posted, saved, status_of, tried
from homeport.safety.models import TriageRecord
from homeport.safety.rules import Triage
from homeport.safety.services.record_triage import record_triage
from homeport.safety.triage_form import TriageForm
from homeport.safety.triages_shown import outcomes, points_of, shown_triages

# The latest so many are shown.
MOST = 200


@never_kept
@route(verb=Verb.CREATE, material=Material.ALERT, methods=FORM)
def new(request: HttpRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Yes and no by the numbers of the form that lies on the table: its words are not here."""
    case = get_case(request, case_id, CaseAct.ASK_MEASURES)
    about = case_with_people(case).name_of(person_id)
    if not case.participants.filter(person_id=person_id, until_at=None).exists():
        raise Hidden
    form = TriageForm(posted(request))
    if request.method == "POST":
        row = tried(
            form,
            lambda: record_triage(
                actor=actor_in(request),
                case_id=case_id,
                subject_id=person_id,
                answers=form.answers,
                recent=form.recent,
            ),
        )
        if row is not None:
            return saved(request, _("Written down."), "triage", row.pk)
    context = {"here": "cases", "case": case, "about": about, "form": form}
    return render(request, "safety/triage_new.html", context, status=status_of(form))


@route(verb=Verb.LIST, material=Material.ALERT)
def triages(request: HttpRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Every interview with one person that one may see, the newest first, also of a person whose part has ended."""
    case = get_case(request, case_id, CaseAct.SEE)
    part = case.participants.filter(person_id=person_id).select_related("person").first()
    if part is None:
        raise Hidden
    rows = get_rows(request, TriageRecord, Q(subject_id=person_id), limit=MOST)
    names = names_of({row.author_id for row in rows})
    may_ask = may_with_case(standing_in(request), CaseAct.ASK_MEASURES, case_id)
    context = {
        "here": "cases",
        "case": case,
        "part": part,
        "triages": shown_triages(rows, names, case_id),
        "may_ask": may_ask and part.holds,
    }
    return render(request, "safety/triages.html", context)


@route(verb=Verb.READ, material=Material.ALERT)
def triage(request: HttpRequest, triage_id: UUID) -> HttpResponse:
    """What came of one."""
    row = get_row(request, TriageRecord, triage_id)
    if row.case_id is None:
        raise Hidden
    case = Case.objects.get(pk=row.case_id)
    context = {
        "here": "cases",
        "case": case,
        "about": case_with_people(case).name_of(row.subject_id),
        "by": names_of({row.author_id}).get(row.author_id, ""),
        "row": row,
        "points": points_of(row),
        "outcome": outcomes()[Triage(row.outcome)],
    }
    return render(request, "safety/triage.html", context)
