"""Whoever comes into a case of several people is met alone and asked about home, without anybody's memory."""

import re

import pytest
from tests.factories.cases import Role, a_case, a_couple, a_group, an_individual, takes_part
from tests.factories.people import a_guardian, a_person, a_therapist, acting
from tests.factories.signing_in import signed_in

from homeport.access.gate import Hidden
from homeport.audit.models import AuditEvent
from homeport.cases.models import Case, FormatDecision, Participant
from homeport.cases.policies import may_meet_jointly
from homeport.cases.services.join_records import join_records
from homeport.cases.services.open_case import add_participant
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.models import Person
from homeport.people.models import Role as Duty
from homeport.people.services.hold_role import give_role
from homeport.safety.models import FirstMeeting, ViolenceScreen
from homeport.safety.services import begin_alone
from homeport.safety.services.answer_screen import answer_screen
from homeport.safety.services.begin_alone import say_met_alone
from homeport.safety.services.decide_format import decide_format

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
Format = FormatDecision.Format


def waiting(case: Case) -> tuple[set[object], set[object]]:
    """Who is asked about home, and who is still to be met alone."""
    asked = ViolenceScreen.objects.filter(case_id=case.pk, answered_at=None)
    alone = FirstMeeting.objects.filter(case_id=case.pk, met_at=None)
    return set(asked.values_list("author_id", flat=True)), set(alone.values_list("subject_id", flat=True))


@pytest.mark.parametrize("kind", ["couple", "family", "parent_child"])
def test_everybody_who_comes_is_asked_and_to_be_met(kind: str) -> None:
    role = Role.PARTNER if kind == "couple" else Role.CAREGIVER
    ana, ben = a_person(), a_person()
    case = a_case(Case.Kind(kind), people={ana: role, ben: role})
    assert waiting(case) == ({ana.pk, ben.pk}, {ana.pk, ben.pk})
    events = AuditEvent.objects.filter(case_id=case.pk, material__in=["violence_screen", "appointment"])
    assert {event.actor_kind for event in events} == {"system"}
    assert events.count() == 4


def test_a_small_child_is_not_and_a_teen_is() -> None:
    mother, tim, tia = a_person(), a_person(age=9), a_person(age=15)
    case = a_case(Case.Kind.FAMILY, people={mother: Role.CAREGIVER, tim: Role.CHILD, tia: Role.ADOLESCENT})
    assert waiting(case)[0] == {mother.pk, tia.pk}


def test_one_alone_and_a_group_begin_without() -> None:
    for case in (an_individual(), a_group(a_person(), a_person())):
        assert waiting(case) == (set(), set())


def test_it_is_there_or_nobody_was_brought_in(monkeypatch: pytest.MonkeyPatch) -> None:
    case, ana = a_case(Case.Kind.COUPLE), a_person()

    def dies(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(begin_alone, "ask_one", dies)
    with pytest.raises(RuntimeError):
        takes_part(case, ana, Role.PARTNER)
    assert not Participant.objects.filter(case=case).exists()


def test_an_intake_clinician_who_sees_no_answers_brings_people_in_all_the_same() -> None:
    intake = a_person()
    give_role(actor=acting(intake), person=intake, role=Duty.INTAKE)
    case, ana = a_case(Case.Kind.COUPLE), a_person()
    add_participant(actor=acting(intake), case=case, person=ana, role=Role.PARTNER)
    assert waiting(case) == ({ana.pk}, {ana.pk})


def test_who_joins_later_closes_joint_work_until_it_is_decided_anew() -> None:
    thea, ana, ben, cleo = a_therapist(), a_person(), a_person(), a_person(age=16)
    case = a_case(Case.Kind.FAMILY, lead=thea, people={ana: Role.CAREGIVER, ben: Role.CAREGIVER})
    ViolenceScreen.objects.update(answered_at=now())
    decide_format(actor=acting(thea), case_id=case.pk, chosen=Format.JOINT, met_each_alone=True)
    assert may_meet_jointly(case.pk)
    assert waiting(case) == (set(), set())
    takes_part(case, cleo, Role.ADOLESCENT)
    assert not may_meet_jointly(case.pk)
    assert waiting(case) == ({ana.pk, ben.pk, cleo.pk}, {cleo.pk}), (
        "a change: all are asked, one is to be met"
    )
    page = signed_in(thea).get(f"/cases/{case.pk}/before/").content.decode()
    assert "Somebody new takes part since you decided" in page
    decide_format(actor=acting(thea), case_id=case.pk, chosen=Format.JOINT, met_each_alone=True)
    assert may_meet_jointly(case.pk)
    assert waiting(case)[1] == set()
    assert "Somebody new takes part" not in signed_in(thea).get(f"/cases/{case.pk}/before/").content.decode()


def test_coming_in_twice_changes_nothing() -> None:
    thea, ana = a_therapist(), a_person()
    case = a_case(Case.Kind.FAMILY, lead=thea, people={ana: Role.CAREGIVER, a_person(): Role.CAREGIVER})
    decide_format(actor=acting(thea), case_id=case.pk, chosen=Format.JOINT, met_each_alone=True)
    takes_part(case, ana, Role.CAREGIVER)
    assert may_meet_jointly(case.pk)


def test_each_sees_only_their_own_and_the_therapist_says_when_they_met() -> None:
    thea, ana, ben = a_therapist(), a_person("Ana Ames"), a_person("Ben Bell")
    case = a_couple(ana, ben, lead=thea)
    parts = {part.person_id: part.pk for part in Participant.objects.filter(case=case)}

    def asks(person: Person) -> bool:
        page = signed_in(person).get(f"/before/{parts[person.pk]}/").content.decode()
        return "Choose a time to meet alone" in page

    assert asks(ana)
    assert asks(ben)
    before = signed_in(ben).get(f"/before/{parts[ben.pk]}/").content
    path = f"/cases/{case.pk}/met/{ana.pk}/"
    for other in (ben, a_therapist()):
        assert signed_in(other).post(path).status_code == 404
        with pytest.raises(Hidden):
            say_met_alone(actor=acting(other), case_id=case.pk)
    assert signed_in(thea).post(path).status_code == 303
    assert signed_in(thea).post(path).status_code == 303, "pressed twice, it is said again"
    assert (asks(ana), asks(ben)) == (False, True)
    assert len(signed_in(ben).get(f"/before/{parts[ben.pk]}/").content) == len(before)
    assert "Met alone, written down" in signed_in(thea).get(f"/cases/{case.pk}/before/").content.decode()


def test_the_way_to_a_time_alone_leads_to_the_times_that_a_client_may_choose() -> None:
    """It led to the practice's own page of booking, which no client may open."""
    thea, ana = a_therapist(), a_person("Ana Ames")
    case = a_couple(ana, a_person("Ben Bell"), lead=thea)
    part = Participant.objects.get(case=case, person=ana)
    browser = signed_in(ana)
    page = browser.get(f"/before/{part.pk}/").content.decode()
    led = re.search(r'href="([^"]+)">Choose a time to meet alone', page)
    assert led
    assert led[1] == f"/appointments/times/{case.pk}/"
    assert browser.get(led[1]).status_code == 200


def test_somebody_entered_twice_is_asked_once() -> None:
    own = a_person()
    entered = Person.objects.create(name="Ben Bell", language="en", zone="UTC")
    case = a_couple(a_person(), entered)
    join_records(actor=acting(own), entered=entered, own=own)
    asked, alone = waiting(case)
    assert own.pk in asked & alone
    assert entered.pk not in asked | alone


def test_who_is_no_child_is_not_spoken_for() -> None:
    child = a_person(age=9)
    a_guardian(child)
    case = a_case(Case.Kind.PARENT_CHILD, people={child: Role.CHILD})
    assert waiting(case) == (set(), set())
    with pytest.raises(HomeportError):
        decide_format(
            actor=acting(Person.objects.get(pk=case.care_team.get().person_id)),
            case_id=case.pk, chosen=Format.JOINT, met_each_alone=False,
        )  # fmt: skip


def test_asked_by_the_system_it_is_answered_like_any_other() -> None:
    from homeport.content.screens import screen

    ana = a_person()
    case = a_couple(ana)
    row = ViolenceScreen.objects.get(case_id=case.pk, author_id=ana.pk)
    assert row.answers is None
    answer_screen(actor=acting(ana), screen=row, asked=screen("safe-at-home"), answers={"afraid": "no"})
    assert ViolenceScreen.objects.get(pk=row.pk).answers["answers"]["afraid"] == "no"
