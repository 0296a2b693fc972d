"""Cases with whoever is in them, made through the services."""

from typing import Any

from tests.factories.people import SYSTEM, a_person, a_therapist, acting

from homeport.cases.models import CareTeamMember, Case, ConfidentialityAgreement, Participant
from homeport.cases.services.agree import propose_agreement, sign_agreement
from homeport.cases.services.open_case import add_participant, join_care_team, open_case
from homeport.people.models import Person

Role = Participant.Role


def a_case(
    kind: Case.Kind = Case.Kind.INDIVIDUAL,
    *,
    lead: Person | None = None,
    people: dict[Person, Role] | None = None,
    jurisdiction: str = "CA-ON",
) -> Case:
    """An open case with its therapist and the people named, each in their role."""
    case = open_case(actor=SYSTEM, kind=kind, jurisdiction=jurisdiction, lead=lead or a_therapist())
    for person, role in (people or {}).items():
        takes_part(case, person, role)
    return case


def takes_part(case: Case, person: Person, role: Role = Role.CLIENT, **how: Any) -> Participant:
    """The person takes part from now on. ``consents_alone``, ``group_name`` as the service takes them."""
    return add_participant(actor=SYSTEM, case=case, person=person, role=role, **how)


def an_individual(client: Person | None = None, *, lead: Person | None = None) -> Case:
    """One client and their therapist."""
    return a_case(lead=lead, people={client or a_person(): Role.CLIENT})


def a_couple(one: Person | None = None, other: Person | None = None, *, lead: Person | None = None) -> Case:
    """Two partners and their therapist."""
    both = {one or a_person(): Role.PARTNER, other or a_person(): Role.PARTNER}
    return a_case(Case.Kind.COUPLE, lead=lead, people=both)


def a_child_case(
    child: Person,
    *,
    lead: Person | None = None,
    caregivers: tuple[Person, ...] = (),
    consents_alone: bool = False,
) -> Case:
    """A child or teen with the caregivers who take part themselves."""
    kind = Case.Kind.PARENT_CHILD if caregivers else Case.Kind.INDIVIDUAL
    case = a_case(kind, lead=lead, people=dict.fromkeys(caregivers, Role.CAREGIVER))
    age = child.age_on()
    role = Role.ADOLESCENT if age is not None and age >= 12 else Role.CHILD
    takes_part(case, child, role, consents_alone=consents_alone)
    return case


def a_group(*members: Person, lead: Person | None = None) -> Case:
    """A group, each under the name they are called by."""
    case = a_case(Case.Kind.GROUP, lead=lead)
    for member in members:
        takes_part(case, member, Role.MEMBER, group_name=member.shown_name)
    return case


def a_colleague_on(case: Case, person: Person | None = None) -> Person:
    """Another therapist who joins the care team."""
    person = person or a_therapist()
    join_care_team(actor=SYSTEM, case=case, person=person, role=CareTeamMember.Role.CO_THERAPIST)
    return person


def an_agreement(
    case: Case,
    kind: ConfidentialityAgreement.Kind = ConfidentialityAgreement.Kind.NO_SECRETS,
    *,
    signed_by: tuple[Person, ...] = (),
) -> ConfidentialityAgreement:
    """The case's agreement, put forward by its therapist and signed by these."""
    lead = case.care_team.filter(until_at=None).select_related("person")[0].person
    agreement = propose_agreement(actor=acting(lead), case=case, kind=kind, proposed_by=lead)
    for person in signed_by:
        sign_agreement(
            actor=acting(person), agreement=agreement, person=person, text_hash=agreement.text_hash
        )
    return agreement
