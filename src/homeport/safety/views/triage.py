"""An interview on suicide, written down by a clinician; and what it asks for, in plain words."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.gate import FORM, Hidden, actor_in, get_case, get_row, route
from homeport.access.on_cases import CaseAct
from homeport.accounts.drafts import never_kept
from homeport.audit.verbs import Verb
from homeport.cases.models import Case
from homeport.cases.selectors import case_with_people
from homeport.core.materials import Material
from homeport.people.posting import posted, saved, status_of, tried
from homeport.safety.models import TriageRecord
from homeport.safety.rules import Triage
from homeport.safety.services.record_triage import record_triage
from homeport.safety.triage_form import TriageForm


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


@route(verb=Verb.READ, material=Material.ALERT)
def triage(request: HttpRequest, triage_id: UUID) -> HttpResponse:
    """What came of one."""
    row = get_row(request, TriageRecord, triage_id)
    if row.case_id is None:
        raise Hidden
    case = Case.objects.get(pk=row.case_id)
    said = row.said
    context = {
        "here": "cases",
        "case": case,
        "about": case_with_people(case).name_of(row.subject_id),
        "row": row,
        "answers": sorted(said["answers"].items()),
        "outcome": outcomes()[Triage(row.outcome)],
    }
    return render(request, "safety/triage.html", context)


def outcomes() -> dict[Triage, tuple[str, list[str]]]:
    """What each outcome is called, and what is usually done then."""
    return {
        Triage.HIGH: (
            _("High: look after them now"),
            [
                _(
                    "Have them seen at once by somebody who can decide on an emergency. Do not leave them alone."
                ),
                _(
                    "If they may be in danger and you cannot reach them: the emergency number, and whom they named to call."
                ),
            ],
        ),
        Triage.MODERATE: (
            _("Moderate: today"),
            [
                _("Have them assessed the same day by somebody trained for it."),
                _("Make or renew their safety plan with them."),
            ],
        ),
        Triage.LOW: (
            _("Low: go on looking"),
            [_("Look at it yourself, speak of it with them, and give them lines to call.")],
        ),
        Triage.NONE: (
            _("Nothing was said"),
            [_("That is no proof of safety. Ask again, each time you meet.")],
        ),
    }
