"""Somebody known here is brought into another case by a therapist who could not know that."""

from typing import Any

import pytest
from django.urls import reverse
from tests.factories import accounts, cases, people

from homeport.access.standing import standing_of
from homeport.cases.models import Case, GuardianNarrowing, Participant
from homeport.cases.services.join_records import GOES_OVER, CannotJoin, _relations, join_records
from homeport.cases.services.narrow_guardian import narrow_guardian
from homeport.encounters.models import SessionNote
from homeport.people.models import Cover, Guardianship, Person, Role, RoleHolding
from homeport.people.services.hold_role import give_role
from homeport.people.services.invite import invite
from homeport.people.services.keep_emergency_contact import say_where

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def _practice() -> None:
    people.a_practice()


@pytest.fixture
def ana() -> Person:
    """A client of the practice, with a sign-in."""
    ana = accounts.signs_in(people.someone_with(Role.CLIENT, name="Ana"))
    cases.an_individual(ana)
    return ana


@pytest.fixture
def entered(ana: Person) -> Person:
    """The same human being, as the couple's therapist wrote her down."""
    assert ana
    return people.someone_with(Role.CLIENT, name="Ana (couple)")


def join(entered: Person, own: Person) -> None:
    join_records(actor=people.acting(own), entered=entered, own=own)


def test_by_accepting_she_takes_part_as_herself(ana: Person, entered: Person) -> None:
    ben = people.a_person("Ben")
    couple = cases.a_couple(entered, ben)
    _, secret = invite(actor=people.SYSTEM, email="ana@example.org", roles=[], person=entered)
    browser = accounts.a_browser(ana)
    browser.post(reverse("invitation"), {"secret": secret})
    come = browser.post(reverse("invitation-accept"))
    assert (come.status_code, come.headers["Location"]) == (303, reverse("home")), (
        "where their next step stands"
    )
    assert couple.pk in standing_of(people.acting(ana)).participates_in
    assert len(standing_of(people.acting(ana)).participates_in) == 2
    assert {part.person for part in couple.participants.filter(until_at=None)} == {ana, ben}
    assert not standing_of(people.acting(entered)).participates_in
    assert RoleHolding.objects.filter(person=ana, role=Role.CLIENT, until_at=None).count() == 1


def test_nobody_learns_of_it_before_she_accepts(ana: Person, entered: Person) -> None:
    """The therapist who entered her sees the name they wrote, and no sign of the other record."""
    thea = people.a_therapist()
    couple = cases.a_couple(entered, lead=thea)
    page = accounts.a_browser(thea).get(reverse("case-people", args=[couple.pk])).content.decode()
    assert "Ana (couple)" in page
    assert str(ana.pk) not in page


def a_note(entered: Person) -> None:
    case = cases.an_individual(entered)
    SessionNote.objects.create(author_id=entered.pk, subject_id=entered.pk, case_id=case.pk, words="w")


def a_place(entered: Person) -> None:
    say_where(actor=people.SYSTEM, person=entered, location="At home", version=None)


def a_therapists_role(entered: Person) -> None:
    give_role(actor=people.SYSTEM, person=entered, role=Role.THERAPIST)


def a_reason_about_them_as_a_child(entered: Person) -> None:
    Person.objects.filter(pk=entered.pk).update(birth_date=people.born(9))
    entered.refresh_from_db()
    part = cases.a_child_case(entered).participants.get()
    narrow_guardian(
        actor=people.acting(people.a_therapist()), participant=part, guardian=people.a_guardian(entered),
        hides=GuardianNarrowing.Hides.EVERYTHING, reason="He reads her messages and shouts.",
    )  # fmt: skip


def a_sign_in(entered: Person) -> None:
    accounts.signs_in(entered)


@pytest.mark.parametrize(
    "what", [a_note, a_place, a_therapists_role, a_reason_about_them_as_a_child, a_sign_in]
)
def test_where_something_hangs_on_the_other_record_nothing_changes(
    ana: Person, entered: Person, what: Any
) -> None:
    what(entered)
    couple = cases.a_couple(entered)
    with pytest.raises(CannotJoin):
        join(entered, ana)
    assert couple.participants.filter(person=entered).exists()


def test_in_the_browser_it_is_told_and_the_invitation_stays_open(ana: Person, entered: Person) -> None:
    a_place(entered)
    invitation, secret = invite(actor=people.SYSTEM, email="ana@example.org", roles=[], person=entered)
    browser = accounts.a_browser(ana)
    browser.post(reverse("invitation"), {"secret": secret})
    page = browser.post(reverse("invitation-accept"))
    assert page.status_code == 422
    assert "known here already" in page.content.decode()
    invitation.refresh_from_db()
    assert invitation.is_open


def test_a_therapist_is_not_joined_into_a_case_they_treat(entered: Person) -> None:
    thea = people.a_therapist()
    cases.an_individual(entered, lead=thea)
    with pytest.raises(CannotJoin):
        join(entered, thea)


def test_who_is_in_the_case_already_is_in_it_once(ana: Person, entered: Person) -> None:
    family = cases.a_case(Case.Kind.FAMILY)
    cases.takes_part(family, ana, Participant.Role.CAREGIVER)
    cases.takes_part(family, entered, Participant.Role.CAREGIVER)
    join(entered, ana)
    assert family.participants.filter(until_at=None).get().person == ana


def test_a_guardian_stands_for_the_child_as_themselves(ana: Person, entered: Person) -> None:
    child, other = people.a_person(age=9), people.a_person(age=7)
    people.a_guardianship(child, entered)
    people.a_guardianship(other, entered)
    people.a_guardianship(other, ana)
    case = cases.a_child_case(child)
    join(entered, ana)
    assert standing_of(people.acting(ana)).guards == {(case.pk, child.pk)}
    assert Guardianship.objects.filter(child=other, until_at=None).get().guardian == ana


def test_nobody_becomes_their_own_guardian(ana: Person, entered: Person) -> None:
    people.a_guardianship(entered, ana)
    with pytest.raises(CannotJoin):
        join(entered, ana)


def test_a_colleague_covers_as_themselves() -> None:
    otto = accounts.signs_in(people.a_person("Otto"))
    entered = people.a_person("Otto, invited to cover")
    thea = people.a_therapist()
    case = cases.an_individual(lead=thea)
    people.a_cover(thea, entered, practice_of_by="River")
    join(entered, otto)
    assert standing_of(people.acting(otto)).covers == {case.pk}
    assert Cover.objects.get().by == otto
    assert not standing_of(people.acting(entered)).roles


def test_nothing_that_hangs_on_a_person_is_overlooked() -> None:
    known = {(model.__name__, name) for model, name in _relations()}
    assert {(model.__name__, name) for model, name in GOES_OVER} < known
    assert {
        ("EmergencyContact", "person"),
        ("Therapist", "person"),
        ("Case", "opened_by"),
        ("Cover", "covered"),
    } < known
