"""What came in before the first session, for those who treat; and their decision on the format."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.gate import WRITES, Hidden, actor_in, get_case, get_row, get_rows, route, standing_in
from homeport.access.on_cases import CaseAct, may_with_case
from homeport.assessments.models import ChildIntake, IntakeForm
from homeport.assessments.services.save_intake import mark_intake_read
from homeport.audit.verbs import Verb
from homeport.cases.models import Case, FormatDecision
from homeport.cases.policies import INDIVIDUALLY_FIRST
from homeport.cases.selectors import case_with_people, formats_of, signatures_of, was_decided
from homeport.cases.texts import own_texts
from homeport.core.errors import HomeportError
from homeport.core.materials import Material
from homeport.core.versions import Changed
from homeport.people.models import Person
from homeport.people.posting import refused, saved, tried
from homeport.safety.models import FirstMeeting, ViolenceScreen
from homeport.safety.services.begin_alone import say_met_alone
from homeport.safety.services.decide_format import decide_format
from homeport.web.beginnings.forms import FormatForm
from homeport.web.beginnings.overview import people_in, reported
from homeport.web.beginnings.presenters import how_we_meet
from homeport.web.beginnings.reading import parts_of


@route(verb=Verb.READ)
def overview(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who signed what, whose intake came in, what is missing, and in which form the case goes on."""
    return _page(request, get_case(request, case_id, CaseAct.SEE))


@route(verb=Verb.CREATE, methods=WRITES)
def decide(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """In which form the case goes on from now."""
    case = get_case(request, case_id, CaseAct.DECIDE_FORMAT)
    form = FormatForm(request.POST)
    if tried(form, lambda: _decided(request, case_id, form)) is not None:
        return saved(
            request, _("Written down. Everybody in the case reads the same."), "case-beginnings", case_id
        )
    return _page(request, case, form)


@route(verb=Verb.CHANGE, material=Material.APPOINTMENT, methods=WRITES)
def met(request: HttpRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Say that somebody was met alone."""
    get_case(request, case_id, CaseAct.DECIDE_FORMAT)
    done = say_met_alone(actor=actor_in(request), case_id=case_id, person_id=person_id)
    # Pressed twice, it was written down the first time.
    if not done and not get_rows(request, FirstMeeting, Q(case_id=case_id, subject_id=person_id), limit=1):
        raise Hidden
    return saved(request, _("Written down."), "case-beginnings", case_id)


def _decided(request: HttpRequest, case_id: UUID, form: FormatForm) -> FormatDecision:
    said = form.cleaned_data
    return decide_format(
        actor=actor_in(request),
        case_id=case_id,
        chosen=FormatDecision.Format(said["format"]),
        met_each_alone=said["met_each_alone"],
    )


@route(verb=Verb.READ, material=Material.OWN_ANSWERS)
def intake(request: HttpRequest, intake_id: UUID) -> HttpResponse:
    """One person's intake, as far as it came in."""
    return _read(request, get_row(request, IntakeForm, intake_id), "intake-read")


@route(verb=Verb.READ, material=Material.REPORT_BY_OTHER)
def child_intake(request: HttpRequest, intake_id: UUID) -> HttpResponse:
    """What one guardian reported of a child, as far as it came in."""
    return _read(request, get_row(request, ChildIntake, intake_id), "child-intake-read")


def _read(request: HttpRequest, row: IntakeForm | ChildIntake, to_mark: str) -> HttpResponse:
    standing = standing_in(request)
    if row.case_id is None or not may_with_case(standing, CaseAct.SEE, row.case_id):
        raise Hidden
    together = case_with_people(Case.objects.get(pk=row.case_id))
    shown = {
        "here": "cases",
        "case": together.case,
        "about": together.name_of(row.subject_id),
        "by": _name_of(row.author_id) if row.author_id != row.subject_id else "",
        "row": row,
        "to_mark": to_mark,
        "parts": parts_of(row),
        "may_mark": row.is_news and may_with_case(standing, CaseAct.DECIDE_FORMAT, row.case_id),
    }
    return render(request, "beginnings/intake.html", shown)


@route(verb=Verb.SETTING, material=Material.OWN_ANSWERS, methods=WRITES)
def mark_read(request: HttpRequest, intake_id: UUID) -> HttpResponse:
    """Say that one has read what is there."""
    return _marked(request, get_row(request, IntakeForm, intake_id), "intake")


@route(verb=Verb.SETTING, material=Material.REPORT_BY_OTHER, methods=WRITES)
def mark_child_read(request: HttpRequest, intake_id: UUID) -> HttpResponse:
    """Say that one has read what this guardian reported."""
    return _marked(request, get_row(request, ChildIntake, intake_id), "child-intake")


def _marked(request: HttpRequest, row: IntakeForm | ChildIntake, page: str) -> HttpResponse:
    if row.case_id is None or not may_with_case(standing_in(request), CaseAct.DECIDE_FORMAT, row.case_id):
        raise Hidden
    if request.POST.get("version") != str(row.version):
        return refused(request, Changed(), page, row.pk)
    try:
        mark_intake_read(actor=actor_in(request), form=row)
    except HomeportError as error:
        return refused(request, error, page, row.pk)
    return saved(request, _("Marked as read."), "case-beginnings", row.case_id)


def _name_of(person_id: UUID) -> str:
    person = Person.objects.filter(pk=person_id).first()
    return person.shown_name if person is not None else ""


def _page(request: HttpRequest, case: Case, form: FormatForm | None = None) -> HttpResponse:
    together, here = case_with_people(case), Q(case_id=case.pk)
    standing = standing_in(request)
    decision = formats_of([case.pk]).get(case.pk)
    screens, meetings = get_rows(request, ViolenceScreen, here), get_rows(request, FirstMeeting, here)
    forms = {row.author_id: row for row in get_rows(request, IntakeForm, here)}
    reports = reported(get_rows(request, ChildIntake, here))
    given = signatures_of([part.pk for part in together.participants])
    shown = {
        "here": "cases",
        "case": case,
        "people": people_in(together, given, own_texts(), forms, reports, screens, meetings),
        "needs_format": case.kind in INDIVIDUALLY_FIRST,
        "decision": decision,
        "asks_anew": decision is None and was_decided(case.pk),
        "how": how_we_meet(case, decision),
        "may_decide": may_with_case(standing, CaseAct.DECIDE_FORMAT, case.pk),
        "may_ask": may_with_case(standing, CaseAct.ASK_SCREENS, case.pk),
        "form": form or FormatForm(initial={"format": decision.format if decision else ""}),
    }
    return render(request, "beginnings/overview.html", shown, status=422 if form else 200)
