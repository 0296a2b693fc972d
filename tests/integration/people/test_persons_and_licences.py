"""Persons as they give themselves, what therapists offer, licences, whom to call."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from tests.factories import people

from homeport.core.clock import today
from homeport.core.errors import HomeportError
from homeport.core.versions import Changed
from homeport.people.errors import Unfit
from homeport.people.models import EmergencyContact, Licence, Person, Role, Therapist
from homeport.people.services.change_offer import change_offer
from homeport.people.services.change_person import change_person
from homeport.people.services.change_practice import change_practice
from homeport.people.services.keep_emergency_contact import Contact, keep_emergency_contact, say_where
from homeport.people.services.keep_licence import add_licence, drop_licence, renew_licence, verify_licence

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NEXT_YEAR = timedelta(days=365)


def change(person: Person, version: int | None = None, **changes: Any) -> Person:
    return change_person(
        actor=people.acting(person), person=person, version=version or person.version, changes=changes
    )


def test_a_person_is_called_as_they_wish_and_speaks_what_the_practice_does() -> None:
    people.a_practice(languages=["fr", "en"], zone="America/Montreal")
    ana = people.a_person("Ana Maria")
    assert (ana.language, ana.zone, ana.shown_name) == ("fr", "America/Montreal", "Ana Maria")
    change(ana, called="Ana", pronouns="she")
    assert ana.shown_name == "Ana"
    assert "Ana" not in str(ana), "a log line never holds a name"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("zone", "Mars/Olympus"),
        ("language", "elvish"),
        ("birth_date", date(1850, 1, 1)),
        ("birth_date", date(2999, 1, 1)),
        ("phone", "call me"),
        ("phone", "12"),
    ],
)
def test_what_cannot_be_so_is_told_for_its_field(field: str, value: Any) -> None:
    ana = people.a_person("Ana")
    with pytest.raises(Unfit) as told:
        change(ana, **{field: value})
    assert told.value.field == field
    assert Person.objects.get(pk=ana.pk).version == 1


def test_a_phone_number_is_read_as_people_write_it_where_the_practice_is() -> None:
    people.a_practice()
    ana = change(people.a_person("Ana"), phone="(416) 555-0100")
    assert ana.phone == "+1 416-555-0100"
    assert change(ana, phone="+44 20 7946 0958").phone == "+44 20 7946 0958"
    assert change(ana, phone="").phone == ""


def test_nothing_but_what_is_a_persons_own_can_be_changed() -> None:
    ana = people.a_person("Ana")
    for field in ("user_id", "id", "created_at"):
        with pytest.raises(HomeportError):
            change(ana, **{field: None})


def test_of_two_who_change_a_person_the_second_is_told() -> None:
    ana = people.a_person("Ana")
    same = Person.objects.get(pk=ana.pk)
    change(ana, called="Annie")
    with pytest.raises(Changed):
        change(same, version=1, called="Nana")
    assert Person.objects.get(pk=ana.pk).called == "Annie"


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2010, 2, 28), date(2027, 2, 27), 16),
        (date(2010, 2, 28), date(2027, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 12, 31), date(2026, 12, 30), 17),
    ],
)
def test_ages(born: date, on: date, age: int) -> None:
    assert Person(birth_date=born).age_on(on) == age
    with time_machine.travel(on):
        assert Person(birth_date=born).age_on() == age
    assert Person().age_on() is None


# --- the practice ---


def test_a_practice_changes_its_settings_and_its_words() -> None:
    practice = people.a_practice()
    words = {"client": ["patient", "patients"]}
    change_practice(
        actor=people.SYSTEM, version=1, changes={"name": " River ", "words": words, "retention_years": 12}
    )
    practice.refresh_from_db()
    assert (practice.name, practice.words, practice.retention_years) == ("River", words, 12)
    with pytest.raises(Changed):
        change_practice(actor=people.SYSTEM, version=1, changes={"name": "Lake"})
    for wrong in ({"name": ""}, {"words": {"client": ["", ""]}}, {"only": False}, {"zone": "X"}):
        with pytest.raises(HomeportError):
            change_practice(actor=people.SYSTEM, version=2, changes=wrong)
    practice.refresh_from_db()
    assert practice.name == "River"


# --- what a therapist offers ---


def test_an_offer_holds_known_codes_alone() -> None:
    therapist = Therapist.objects.get(person=people.a_therapist())

    def offer(**changes: Any) -> Therapist:
        return change_offer(
            actor=people.SYSTEM, therapist=therapist, version=therapist.version, changes=changes
        )

    offer(languages=["en", "cr"], populations=["teens"], fees={"couple": 15050}, currency="CAD")
    for field, value in (
        ("languages", ["elvish"]),
        ("languages", []),
        ("populations", ["dragons"]),
        ("approaches", ["holding"]),
        ("formats", ["telepathy"]),
        ("fees", {"couple": -1}),
        ("fees", {"castle": 100}),
        ("currency", "DOUBLOON"),
    ):
        with pytest.raises(Unfit) as told:
            offer(**{field: value})
        assert told.value.field == field
        therapist.refresh_from_db()
    assert therapist.fees == {"couple": 15050}
    with pytest.raises(Changed):
        change_offer(actor=people.SYSTEM, therapist=therapist, version=1, changes={"languages": ["fr"]})


# --- licences ---


def a_licence(person: Person | None = None, **changed: Any) -> Licence:
    holder = person or people.someone_with(Role.THERAPIST)
    said = {
        "jurisdiction": "CA-ON", "body": "The College", "number": "12345", "expires_on": today() + NEXT_YEAR, **changed,
    }  # fmt: skip
    return add_licence(actor=people.acting(holder), therapist=Therapist.objects.get(person=holder), **said)


def test_a_licence_stands_once_another_looked_it_up_until_it_ends() -> None:
    with time_machine.travel("2027-01-10", tick=False):
        licence = a_licence()
        mona = people.a_manager()
        assert not licence.stands
        verify_licence(actor=people.acting(mona), licence=licence)
        assert licence.stands
        assert licence.verified_by_id == mona.pk
    with time_machine.travel("2028-01-10"):
        assert licence.stands, "the last day counts"
    with time_machine.travel("2028-01-11"):
        assert not licence.stands


def test_nobody_verifies_their_own_or_one_that_ended() -> None:
    holder = people.someone_with(Role.THERAPIST, Role.MANAGER)
    licence = a_licence(holder)
    for actor in (people.acting(holder), people.SYSTEM):
        with pytest.raises(HomeportError):
            verify_licence(actor=actor, licence=licence)
    with time_machine.travel(today() + 2 * NEXT_YEAR), pytest.raises(HomeportError):
        verify_licence(actor=people.acting(people.a_manager()), licence=licence)


def test_a_renewed_licence_is_looked_up_again() -> None:
    licence = a_licence()
    mona = people.acting(people.a_manager())
    verify_licence(actor=mona, licence=licence)
    renew_licence(
        actor=people.SYSTEM,
        licence=licence,
        expires_on=today() + 2 * NEXT_YEAR,
        version=licence.version,
    )
    assert not licence.stands
    with pytest.raises(Unfit):
        renew_licence(actor=people.SYSTEM, licence=licence, expires_on=today(), version=licence.version)
    with pytest.raises(Changed):
        verify_licence(actor=mona, licence=licence, version=1)
    verify_licence(actor=mona, licence=licence, version=licence.version)
    assert licence.stands


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("jurisdiction", "Ontario"),
        ("number", " "),
        ("expires_on", date(2020, 1, 1)),
        ("expires_on", date(2999, 1, 1)),
    ],
)
def test_what_is_no_licence(field: str, value: Any) -> None:
    with pytest.raises(Unfit) as told:
        a_licence(**{field: value})
    assert told.value.field == field


def test_two_therapists_do_not_hold_one_licence() -> None:
    a_licence()
    with pytest.raises(Unfit) as told:
        a_licence()
    assert told.value.field == "number"
    assert Licence.objects.count() == 1


def test_a_slip_of_the_pen_is_taken_back_and_a_verified_licence_is_not() -> None:
    drop_licence(actor=people.SYSTEM, licence=a_licence())
    assert not Licence.objects.exists()
    kept = a_licence()
    verify_licence(actor=people.acting(people.a_manager()), licence=kept)
    with pytest.raises(HomeportError):
        drop_licence(actor=people.SYSTEM, licence=kept)


# --- whom to call ---


def test_whom_to_call_and_where_somebody_is_are_sealed() -> None:
    people.a_practice()
    ana = people.a_person("Ana")
    kept = keep_emergency_contact(
        actor=people.acting(ana),
        person=ana,
        contact=Contact("Rosalinde", "416 555 0100", "my sister"),
        version=None,
    )
    say_where(actor=people.acting(ana), person=ana, location="12 Wharf Lane", version=kept.version)
    found = EmergencyContact.objects.get(person=ana)
    assert (found.contact_name, found.contact_phone, found.location) == (
        "Rosalinde", "+1 416-555-0100", "12 Wharf Lane",
    )  # fmt: skip
    assert found.location_at is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_emergencycontact")
        stored = str([bytes(v) if isinstance(v, memoryview) else v for v in cursor.fetchone()])
    for word in ("Rosalinde", "0100", "sister", "Wharf"):
        assert word not in stored


def test_where_one_is_can_be_taken_back() -> None:
    ana = people.a_person("Ana")
    kept = say_where(actor=people.acting(ana), person=ana, location="At home", version=None)
    kept = say_where(actor=people.acting(ana), person=ana, location=" ", version=kept.version)
    assert (kept.location, kept.location_at) == ("", None)


def test_of_two_devices_the_second_is_told() -> None:
    ana = people.a_person("Ana")
    act: dict[str, Any] = {"actor": people.acting(ana), "person": ana}
    say_where(**act, location="At home", version=None)
    for stale in (None, 7):
        with pytest.raises(Changed):
            say_where(**act, location="At work", version=stale)
    assert EmergencyContact.objects.get().location == "At home"


@pytest.mark.parametrize(
    ("contact", "field"),
    [
        (Contact("", "416 555 0100"), "contact_name"),
        (Contact("Rosa", "no phone"), "contact_phone"),
    ],
)
def test_a_contact_that_cannot_be_called(contact: Contact, field: str) -> None:
    people.a_practice()
    ana = people.a_person("Ana")
    with pytest.raises(Unfit) as told:
        keep_emergency_contact(actor=people.SYSTEM, person=ana, contact=contact, version=None)
    assert told.value.field == field
    assert not EmergencyContact.objects.exists()
