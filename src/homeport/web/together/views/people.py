"""Who is in a case, and who treats it."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty, may_do
from homeport.access.gate import FORM, WRITES, Hidden, actor_in, route, standing_in
from homeport.access.on_cases import CaseAct, may_with_case
from homeport.audit.verbs import Verb
from homeport.cases.forms import NEW, JoinTeamForm, ParticipantForm
from homeport.cases.models import CareTeamMember, Case, Participant
from homeport.cases.policies import rules_for
from homeport.cases.selectors import case_with_people
from homeport.cases.services.open_case import (
    add_participant,
    change_case_status,
    end_participation,
    join_care_team,
    leave_care_team,
)
from homeport.core.clock import SENT_TWICE, now
from homeport.core.errors import HomeportError
from homeport.people.models import Person, Role
from homeport.people.posting import posted, refused, saved, status_of, tried
from homeport.people.selectors import who_hold
from homeport.web.together.entering import person_from
from homeport.web.together.reaching import around, case_to, known_to, participant_in


@route(verb=Verb.READ)
def people(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Everybody in the case, with what can be done about each."""
    return _page(request, case_to(request, case_id, CaseAct.ARRANGE))


@route(verb=Verb.GRANT, methods=FORM)
def add(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Bring somebody in."""
    case = case_to(request, case_id, CaseAct.ARRANGE)
    known = known_to(request, case)
    form = ParticipantForm(posted(request), case=case, known=known)
    if request.method == "POST":
        part = tried(form, lambda: _added(request, case, form, known))
        if part is not None:
            minor = rules_for(case, part.person).is_minor and part.role != Participant.Role.CAREGIVER
            said = _("They take part now.")
            if minor and part.person.birth_date:
                return saved(request, said, "case-minor", case.pk, part.pk)
            return saved(request, said, "case-people", case.pk)
    return render(
        request, "cases/add.html", {**around(request), "form": form, "case": case}, status=status_of(form)
    )


@transaction.atomic
def _added(request: HttpRequest, case: Case, form: ParticipantForm, known: list[Person]) -> Participant:
    said, actor = form.cleaned_data, actor_in(request)
    if there := _just_added(case, said):
        return there
    person = person_from(actor=actor, said=said, known=known, is_client=True)
    return add_participant(
        actor=actor,
        case=case,
        person=person,
        role=Participant.Role(said["role"]),
        group_name=said.get("group_name", ""),
    )


def _just_added(case: Case, said: dict[str, Any]) -> Participant | None:
    """Somebody new of that name, brought in a moment ago: the form was sent twice."""
    Case.objects.select_for_update().get(pk=case.pk)
    lately = case.participants.filter(until_at=None, role=said["role"], from_at__gt=now() - SENT_TWICE)
    return lately.filter(person__name=said["name"]).first() if said["who"] == NEW else None


@route(verb=Verb.REVOKE, methods=WRITES)
def end(request: HttpRequest, case_id: UUID, participant_id: UUID) -> HttpResponse:
    """They leave the case now."""
    case = case_to(request, case_id, CaseAct.ARRANGE)
    end_participation(actor=actor_in(request), participant=participant_in(case, participant_id))
    return saved(
        request, _("They no longer take part. What they wrote stays theirs."), "case-people", case_id
    )


@route(verb=Verb.GRANT, methods=WRITES)
def join(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Another therapist works on the case from now on."""
    case = case_to(request, case_id, CaseAct.ARRANGE)
    therapists = _others(case)
    form = JoinTeamForm(request.POST, therapists=therapists)
    if tried(form, lambda: _joined(request, case, form, therapists)):
        return saved(request, _("They work on the case now."), "case-people", case_id)
    return _page(request, case, form)


def _joined(request: HttpRequest, case: Case, form: JoinTeamForm, therapists: list[Person]) -> CareTeamMember:
    person = next(one for one in therapists if str(one.pk) == form.cleaned_data["person"])
    return join_care_team(
        actor=actor_in(request), case=case, person=person, role=CareTeamMember.Role.CO_THERAPIST
    )


@route(verb=Verb.REVOKE, methods=WRITES)
def leave(request: HttpRequest, case_id: UUID, member_id: UUID) -> HttpResponse:
    """A therapist no longer works on the case."""
    case = case_to(request, case_id, CaseAct.ARRANGE)
    member = case.care_team.filter(pk=member_id, until_at=None).select_related("case").first()
    if member is None:
        raise Hidden
    try:
        leave_care_team(actor=actor_in(request), member=member)
    except HomeportError as error:
        return refused(request, error, "case-people", case_id)
    said = _("They no longer work on the case.")
    gone = member.person_id == actor_in(request).person_id
    return saved(request, said, "cases") if gone else saved(request, said, "case-people", case_id)


@route(verb=Verb.CHANGE, methods=WRITES)
def status(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Pause it, close it, open it again."""
    case = case_to(request, case_id, CaseAct.ARRANGE)
    wanted, version = request.POST.get("status", ""), request.POST.get("version", "")
    if wanted not in Case.Status.values:
        raise Hidden
    try:
        change_case_status(
            actor=actor_in(request),
            case=case,
            status=Case.Status(wanted),
            version=int(version) if version.isdecimal() and len(version) < 10 else 0,
        )
    except HomeportError as error:
        return refused(request, error, "case-people", case_id)
    return saved(request, _("Saved."), "case-people", case_id)


def _others(case: Case) -> list[Person]:
    here = case.care_team.filter(until_at=None).values("person_id")
    return list(who_hold(Role.THERAPIST).exclude(pk__in=here))


def _page(request: HttpRequest, case: Case, form: JoinTeamForm | None = None) -> HttpResponse:
    together = case_with_people(case)
    therapists = _others(case)
    may_minors = may_do(standing_in(request), Duty.KEEP_GUARDIANSHIPS)
    after = [choice for choice in Case.Status if choice in Case.TRANSITIONS[Case.Status(case.status)]]
    shown = {
        **around(request),
        "case": case,
        "team": together.care_team,
        "people": [
            {
                "part": part,
                "is_minor": may_minors and _is_child(part) and rules_for(case, part.person).is_minor,
            }
            for part in together.participants
        ],
        "form": form or JoinTeamForm(therapists=therapists),
        "therapists": therapists,
        "after": after,
        "may_read_agreement": may_with_case(standing_in(request), CaseAct.READ_AGREEMENT, case.pk),
        "may_see_contact": may_with_case(standing_in(request), CaseAct.SEE_EMERGENCY_CONTACT, case.pk),
        "closed": case.status == Case.Status.CLOSED,
    }
    return render(request, "cases/people.html", shown, status=422 if form else 200)


def _is_child(part: Participant) -> bool:
    return part.role in {Participant.Role.CHILD, Participant.Role.ADOLESCENT} or (
        part.person.birth_date is not None
    )
