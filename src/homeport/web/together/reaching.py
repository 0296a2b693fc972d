"""Reaching a case to arrange who is in it: as its care team, or as the intake clinician who opened it a short while ago."""

from uuid import UUID

from django.http import HttpRequest

from homeport.access.duties import Duty, may_do
from homeport.access.gate import Hidden, person_in, standing_in
from homeport.access.on_cases import CaseAct, may_with_case
from homeport.access.standing import Standing
from homeport.cases.models import Case, Participant
from homeport.cases.policies import intake_may_arrange
from homeport.people.models import Person, Role


def case_to(request: HttpRequest, case_id: UUID, act: CaseAct) -> Case:
    """The case, if this person may do this with it. Raises ``Hidden`` otherwise, alike for one that never was."""
    case = Case.objects.filter(pk=case_id).first()
    if case is None or not (_on_team(request, case, act) or _as_intake(request, case)):
        raise Hidden
    return case


def _on_team(request: HttpRequest, case: Case, act: CaseAct) -> bool:
    return may_with_case(standing_in(request), act, case.pk)


def _as_intake(request: HttpRequest, case: Case) -> bool:
    standing: Standing = standing_in(request)
    return (
        Role.INTAKE in standing.roles
        and may_do(standing, Duty.OPEN_CASES)
        and case.pk not in standing.participates_in
        and intake_may_arrange(case, case.opened_by_id == person_in(request))
    )


def participant_in(case: Case, participant_id: UUID) -> Participant:
    """Somebody who takes part in the case now. Raises ``Hidden`` otherwise."""
    found = (
        case.participants.filter(pk=participant_id, until_at=None).select_related("person", "case").first()
    )
    if found is None:
        raise Hidden
    return found


def around(request: HttpRequest) -> dict[str, object]:
    """What every page here shows around what it is about: where its trail begins."""
    return {"here": "cases", "sees_cases": may_do(standing_in(request), Duty.SEE_OWN_CASES)}


def known_to(request: HttpRequest, case: Case) -> list[Person]:
    """The people of this person's own cases who are not in this one, by name. Nobody learns here who else is a client."""
    here = case.participants.filter(until_at=None).values("person_id")
    mine = standing_in(request).cares_for
    people = Person.objects.filter(participations__case_id__in=mine, participations__until_at=None)
    return list(people.exclude(pk__in=here).distinct().order_by("name", "pk")[:500])
