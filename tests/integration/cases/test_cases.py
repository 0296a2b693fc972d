"""Opening cases, who is in them, who treats, and what is agreed."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from tests.factories import cases, people

from homeport.audit.models import AuditEvent
from homeport.cases.models import Authorisation, CareTeamMember, Case, ConfidentialityAgreement, Participant
from homeport.cases.policies import INTAKE_LASTS, intake_may_arrange
from homeport.cases.services.agree import (
    agreement_text,
    authorise,
    propose_agreement,
    sign_agreement,
    withdraw_authorisation,
)
from homeport.cases.services.open_case import (
    add_participant,
    change_case_status,
    end_participation,
    join_care_team,
    leave_care_team,
    open_case,
)
from homeport.content.reading import measure
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.versions import Changed
from homeport.people.errors import Unfit
from homeport.people.models import Person, Role

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
Kind = ConfidentialityAgreement.Kind
Part = Participant.Role


def add(case: Case, person: Person, role: Part = Part.CLIENT, **more: Any) -> Participant:
    return add_participant(actor=people.SYSTEM, case=case, person=person, role=role, **more)


def test_a_case_has_its_lead_from_the_first_moment() -> None:
    thea = people.a_therapist()
    case = open_case(actor=people.acting(thea), kind=Case.Kind.COUPLE, jurisdiction="CA-ON", lead=thea)
    member = CareTeamMember.objects.get()
    assert (member.person, member.role, case.opened_by) == (thea, "lead", thea)
    told = AuditEvent.objects.filter(case_id=case.pk).values_list("verb", "material")
    assert set(told) == {("create", "case"), ("grant", "care team")}


@pytest.mark.parametrize("roles", [[], [Role.MANAGER], [Role.INTAKE], [Role.COVER], [Role.CLIENT]])
def test_who_treats_nobody_leads_no_case(roles: list[Role]) -> None:
    lead = people.someone_with(*roles) if roles else people.a_person()
    with pytest.raises(HomeportError):
        cases.a_case(lead=lead)
    assert not Case.objects.exists()


def test_a_place_that_is_none() -> None:
    with pytest.raises(Unfit):
        cases.a_case(jurisdiction="Ontario")


@pytest.mark.parametrize("kind", list(Case.Kind))
@pytest.mark.parametrize("role", list(Part))
def test_each_kind_of_case_has_its_own_parts(kind: Case.Kind, role: Part) -> None:
    fits = {
        Case.Kind.INDIVIDUAL: {Part.CLIENT, Part.ADOLESCENT, Part.CHILD},
        Case.Kind.COUPLE: {Part.PARTNER},
        Case.Kind.FAMILY: {Part.CAREGIVER, Part.CHILD, Part.ADOLESCENT},
        Case.Kind.PARENT_CHILD: {Part.CAREGIVER, Part.CHILD, Part.ADOLESCENT},
        Case.Kind.GROUP: {Part.MEMBER},
    }
    case = cases.a_case(kind)
    act: dict[str, Any] = {"role": role, "group_name": "Kit"}
    if role in fits[kind]:
        assert add(case, people.a_person(age=14), **act).role == role
    else:
        with pytest.raises(Unfit) as told:
            add(case, people.a_person(age=14), **act)
        assert told.value.field == "role"


def test_one_client_two_partners_and_a_name_in_a_group() -> None:
    alone, couple, group = cases.an_individual(), cases.a_couple(), cases.a_case(Case.Kind.GROUP)
    for case, role in ((alone, Part.CLIENT), (couple, Part.PARTNER)):
        with pytest.raises(HomeportError):
            add(case, people.a_person(), role)
    with pytest.raises(Unfit):
        add(group, people.a_person(), Part.MEMBER)
    assert Participant.objects.count() == 3


def test_taking_part_twice_is_taking_part_once_and_coming_back_is_new() -> None:
    case, ana = cases.a_case(), people.a_person()
    first = add(case, ana)
    assert add(case, ana) == first
    end_participation(actor=people.SYSTEM, participant=first)
    end_participation(actor=people.SYSTEM, participant=first)
    assert add(case, ana) != first
    verbs = AuditEvent.objects.filter(material="participant").order_by("at").values_list("verb", flat=True)
    assert list(verbs) == ["grant", "revoke", "grant"]


def test_nobody_treats_themselves() -> None:
    thea, theo = people.a_therapist(), people.a_therapist()
    case = cases.a_case(Case.Kind.FAMILY, lead=thea)
    with pytest.raises(HomeportError):
        add(case, thea, Part.CAREGIVER)
    add(case, theo, Part.CAREGIVER)
    with pytest.raises(HomeportError):
        join_care_team(actor=people.SYSTEM, case=case, person=theo, role=CareTeamMember.Role.CO_THERAPIST)


def test_an_open_case_always_has_a_therapist() -> None:
    case = cases.an_individual()
    first = case.care_team.get()
    with pytest.raises(HomeportError):
        leave_care_team(actor=people.SYSTEM, member=first)
    cases.a_colleague_on(case)
    leave_care_team(actor=people.SYSTEM, member=first)
    assert case.care_team.filter(until_at=None).count() == 1
    change_case_status(actor=people.SYSTEM, case=case, status=Case.Status.CLOSED, version=1)
    leave_care_team(actor=people.SYSTEM, member=case.care_team.get(until_at=None))


@pytest.mark.parametrize("before", list(Case.Status))
@pytest.mark.parametrize("after", list(Case.Status))
def test_a_status_follows_its_table(before: Case.Status, after: Case.Status) -> None:
    case = cases.an_individual()
    closed_at = now() if before == Case.Status.CLOSED else None
    Case.objects.filter(pk=case.pk).update(status=before, closed_at=closed_at)
    case.refresh_from_db()
    act: dict[str, Any] = {"actor": people.SYSTEM, "case": case, "status": after, "version": 1}
    if after in Case.TRANSITIONS[before]:
        change_case_status(**act)
        case.refresh_from_db()
        assert case.status == after
        assert (case.closed_at is not None) == (after == Case.Status.CLOSED)
        with pytest.raises(Changed):
            change_case_status(**{**act, "status": next(iter(Case.TRANSITIONS[after]))})
    else:
        with pytest.raises(HomeportError):
            change_case_status(**act)


def test_nobody_joins_a_closed_case() -> None:
    case = cases.a_case()
    change_case_status(actor=people.SYSTEM, case=case, status=Case.Status.CLOSED, version=1)
    with pytest.raises(HomeportError):
        add(case, people.a_person())


def test_intake_sees_to_a_new_open_case_of_their_own() -> None:
    with time_machine.travel("2027-03-01 09:00Z", tick=False) as clock:
        case = cases.a_case()
        assert intake_may_arrange(case, True)
        assert not intake_may_arrange(case, False)
        clock.shift(INTAKE_LASTS)
        assert not intake_may_arrange(case, True)
    case = cases.a_case()
    change_case_status(actor=people.SYSTEM, case=case, status=Case.Status.CLOSED, version=1)
    assert not intake_may_arrange(case, True)


# --- the agreement ---


@pytest.mark.parametrize("kind", list(Kind))
def test_each_text_is_plain_and_says_what_matters(kind: Kind) -> None:
    text = agreement_text(kind)
    whole = f"{text.title}. {text.summary}\n\n{text.body_markdown}"
    assert measure(whole).grade <= 8
    for matter in ("journal", "safe", "change"):
        assert matter in whole
    assert len(text.hash) == 64
    assert "therapist" in whole


def test_the_texts_differ() -> None:
    assert len({agreement_text(kind).hash for kind in Kind}) == 3


def test_a_new_agreement_replaces_the_one_before_and_is_signed_anew() -> None:
    ana, ben = people.a_person("Ana"), people.a_person("Ben")
    case = cases.a_couple(ana, ben)
    first = cases.an_agreement(case, Kind.NO_SECRETS, signed_by=(ana,))
    second = cases.an_agreement(case, Kind.INDIVIDUAL_PRIVATE)
    assert case.agreements.get(replaced_at=None) == second
    assert not second.signatures.exists()
    first.refresh_from_db()
    with pytest.raises(HomeportError):
        sign_agreement(actor=people.acting(ben), agreement=first, person=ben, text_hash=first.text_hash)


def test_who_signs_saw_this_very_text_and_takes_part() -> None:
    ana, stranger = people.a_person("Ana"), people.a_person("Sam")
    thea = people.a_therapist()
    case = cases.a_couple(ana, lead=thea)
    agreement = cases.an_agreement(case)
    act: dict[str, Any] = {"agreement": agreement, "text_hash": agreement.text_hash}
    with pytest.raises(HomeportError):
        sign_agreement(actor=people.acting(stranger), person=stranger, **act)
    with pytest.raises(HomeportError):
        sign_agreement(actor=people.acting(ana), person=ana, agreement=agreement, text_hash="0" * 64)
    first = sign_agreement(actor=people.acting(ana), person=ana, **act)
    assert sign_agreement(actor=people.acting(ana), person=ana, **act) == first
    sign_agreement(actor=people.acting(thea), person=thea, **act)
    assert agreement.signatures.count() == 2
    assert AuditEvent.objects.filter(verb="sign", material="agreement").count() == 2


def test_proposing_is_in_the_audit() -> None:
    thea = people.a_therapist()
    case = cases.a_couple(lead=thea)
    propose_agreement(actor=people.acting(thea), case=case, kind=Kind.NO_SECRETS, proposed_by=thea)
    assert AuditEvent.objects.filter(verb="create", material="agreement", case_id=case.pk).count() == 1


# --- authorisations ---


def test_a_permission_says_to_whom_what_for_and_until_when() -> None:
    ana = people.a_person()
    case = cases.a_couple(ana)
    act: dict[str, Any] = {"actor": people.acting(ana), "case": case, "person": ana}
    soon = now() + timedelta(days=30)
    for wrong in (
        {"recipient": " ", "purpose": "court", "until_at": soon},
        {"recipient": "Dr Lee", "purpose": "", "until_at": soon},
        {"recipient": "Dr Lee", "purpose": "court", "until_at": now()},
    ):
        with pytest.raises(HomeportError):
            authorise(**act, **wrong)
    given = authorise(**act, recipient="Dr Lee", purpose="A second opinion", until_at=soon)
    assert given.holds
    withdraw_authorisation(actor=people.acting(ana), authorisation=given)
    withdraw_authorisation(actor=people.acting(ana), authorisation=given)
    assert not Authorisation.objects.get().holds
    verbs = AuditEvent.objects.filter(material="authorisation").order_by("at").values_list("verb", flat=True)
    assert list(verbs) == ["grant", "withdraw"]
