"""What was asked and what came in of a case, for those who care for it."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.gate import (
    FORM,
    WRITES,
    Hidden,
    actor_in,
    get_case,
    get_row,
    get_rows,
    route,
    standing_in,
)
from homeport.access.on_cases import CaseAct, may_with_case
from homeport.assessments.ages import unsure_of_age
from homeport.assessments.forms import AskForm
from homeport.assessments.models import Assignment, ChildIntake, IntakeForm, tables_for
from homeport.assessments.presenters import answers_shown, forms_shown, measures
from homeport.assessments.selectors import instruments_with_words, what_came_in
from homeport.assessments.services.assign import assign, withdraw_assignment
from homeport.assessments.views.asked import EVERY_ANSWER
from homeport.assessments.wordings import NoWording, words_of
from homeport.audit.verbs import Verb
from homeport.cases.models import Case
from homeport.cases.selectors import case_with_people
from homeport.content.instruments import load_key
from homeport.core.errors import ContentError, HomeportError
from homeport.core.materials import Material
from homeport.people.models import Person
from homeport.people.posting import posted, refused, saved, status_of, tried
from homeport.people.selectors import the_practice

ANSWERS = Material.OWN_ANSWERS


@route(verb=Verb.LIST, material=ANSWERS)
def came_in(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Everything that was asked, with its scores where it was sent."""
    case = get_case(request, case_id, CaseAct.SEE)
    together = case_with_people(case)
    context = {
        "here": "cases",
        "case": case,
        "together": together,
        "forms": forms_shown(
            [
                *get_rows(request, IntakeForm, Q(case_id=case_id)),
                *get_rows(request, ChildIntake, Q(case_id=case_id)),
            ],
            together,
        ),
        "measures": measures(what_came_in(request, case_id), together),
        "may_ask": may_with_case(standing_in(request), CaseAct.ASK_MEASURES, case_id),
    }
    return render(request, "assessments/came_in.html", context)


@route(verb=Verb.CREATE, material=ANSWERS, methods=FORM)
def ask(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask somebody in the case to answer something."""
    case = get_case(request, case_id, CaseAct.ASK_MEASURES)
    offered, without = instruments_with_words()
    form = AskForm(posted(request), together=case_with_people(case), offered=offered)
    if request.method == "POST" and tried(form, lambda: _asked(request, case, form)):
        return saved(request, _said(form), "came-in", case_id)
    context = {"here": "cases", "case": case, "form": form, "without": without}
    return render(request, "assessments/ask.html", context, status=status_of(form))


def _said(form: AskForm) -> str:
    """That they are asked; and where their age could not be checked, that too."""
    said = form.cleaned_data
    about = Person.objects.get(pk=said["about"] or said["person"])
    unsure = unsure_of_age(load_key(said["instrument"]), about)
    return " ".join(part for part in (_("They are asked. It waits on their page."), unsure) if part)


def _asked(request: HttpRequest, case: Case, form: AskForm) -> bool:
    said, practice = form.cleaned_data, the_practice()
    try:
        assign(
            actor=actor_in(request),
            case_id=case.pk,
            person_id=UUID(said["person"]),
            instrument=said["instrument"],
            kind=form.kind,
            about_id=UUID(said["about"]) if form.kind == "report" else None,
            slot=said["slot"],
            due_at=form.due_at(practice.zone if practice else "UTC"),
        )
    except ContentError:
        needs = bool(load_key(said["instrument"]).slots)
        form.add_error(
            "slot",
            _("Say which relationship these questions are about.")
            if needs
            else _("These questions are not about one relationship."),
        )
        return False
    return True


@route(verb=Verb.WITHDRAW, material=ANSWERS, methods=WRITES)
def take_back(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """Take back what waits for an answer."""
    assignment = get_row(request, Assignment, assignment_id)
    if assignment.case_id is None:
        raise Hidden
    get_case(request, assignment.case_id, CaseAct.ASK_MEASURES)
    try:
        withdraw_assignment(actor=actor_in(request), assignment_id=assignment_id)
    except HomeportError as error:
        return refused(request, error, "came-in", assignment.case_id)
    return saved(request, _("It was taken back."), "came-in", assignment.case_id)


@route(verb=Verb.READ, material=ANSWERS)
def answers(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """Each answer of one filling-in, for those who may see them."""
    assignment = get_row(request, Assignment, assignment_id)
    if assignment.case_id is None:
        raise Hidden
    case = get_case(request, assignment.case_id, CaseAct.SEE)
    tables = tables_for(assignment.kind)
    begun = next(
        iter(get_rows(request, tables.administration, Q(assignment_id=assignment_id), limit=1)), None
    )
    if begun is None:
        raise Hidden
    rows: list[Any] = get_rows(request, tables.answer, Q(administration_id=begun.pk), limit=EVERY_ANSWER)
    key, together = load_key(begun.instrument, begun.key_version), case_with_people(case)
    try:
        words = words_of(
            begun.instrument, begun.key_version, begun.wording_hash, language=begun.language, slot=begun.slot
        )
        texts, labels = dict(words.items), lambda item: words.labels_for(key, item)
    except NoWording:
        texts, labels = {}, lambda _item: {}
    context = {
        "here": "cases",
        "case": case,
        "title": key.title,
        "by": together.name_of(assignment.author_id),
        "begun": begun,
        "answers": answers_shown(key, begun, {each.item: each.value for each in rows}, texts, labels),
    }
    return render(request, "assessments/answers.html", context)
