"""Reaching a part in a case: one's own, or that of a child one stands for."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from homeport.access.gate import Hidden, person_in, standing_in
from homeport.access.on_cases import CaseAct, may_with_case
from homeport.cases.models import Case, Participant
from homeport.people.models import Person


@dataclass(frozen=True, slots=True)
class Mine:
    """One part in one case, and who signs for it. ``is_own``: the person is there themselves."""

    part: Participant
    me: Person
    is_own: bool


def mine(request: HttpRequest, participant_id: UUID) -> Mine:
    """The part, if it is one's own or a guarded child's. Raises ``Hidden`` otherwise, alike for one that never was."""
    me, standing = person_in(request), standing_in(request)
    part = Participant.objects.filter(pk=participant_id, until_at=None)
    found = part.select_related("case", "person").first()
    if found is None or found.case.status == Case.Status.CLOSED:
        raise Hidden
    if found.person_id == me and may_with_case(standing, CaseAct.SIGN_CONSENTS, found.case_id):
        return Mine(found, found.person, is_own=True)
    if (found.case_id, found.person_id) in standing.guards:
        return Mine(found, Person.objects.get(pk=me), is_own=False)
    raise Hidden


def own_part(request: HttpRequest, participant_id: UUID) -> Mine:
    """The same for what nobody fills in for another. Raises ``Hidden`` for a child's."""
    found = mine(request, participant_id)
    if not found.is_own:
        raise Hidden
    return found
