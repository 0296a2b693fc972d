"""Who stands for a child: by law, by papers, over time, case by case, and never known to one another."""

import contextlib
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from tests.factories import cases, people

from homeport.access.standing import standing_of
from homeport.audit.models import AuditEvent
from homeport.cases.models import Case, GuardianNarrowing, Participant, TreatmentConsent
from homeport.cases.services.consent_to_treatment import (
    consent_alone,
    consent_as_guardian,
    withdraw_consent,
)
from homeport.cases.services.narrow_guardian import end_narrowing, narrow_guardian
from homeport.cases.services.open_case import add_participant, end_participation
from homeport.content.jurisdictions import minors_in
from homeport.core.clock import now, today
from homeport.core.errors import HomeportError
from homeport.core.jobs import registered
from homeport.people.errors import Unfit
from homeport.people.models import Guardianship, Person
from homeport.people.services.keep_guardianship import end_guardianship, verify_guardianship

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
Hides = GuardianNarrowing.Hides
WHY = "The father reads every message and punishes what he finds."
NOTE = "She told in her own words what we do here, and what may come of it."


def guards(person: Person) -> set[Any]:
    return set(standing_of(people.acting(person)).guards)


def sees_appointments(person: Person) -> set[Any]:
    return set(standing_of(people.acting(person)).guards_with_appointments)


@dataclass
class Family:
    age: int = 9
    place: str = "CA-ON"
    child: Person = field(init=False)
    therapist: Person = field(init=False)
    case: Case = field(init=False)
    part: Participant = field(init=False)

    def __post_init__(self) -> None:
        self.child = people.a_person("Lena", age=self.age)
        self.therapist = people.a_therapist("Thea")
        self.case = cases.a_case(lead=self.therapist, jurisdiction=self.place)
        role = Participant.Role.ADOLESCENT if self.age > 11 else Participant.Role.CHILD
        self.part = cases.takes_part(self.case, self.child, role)

    @property
    def here(self) -> set[Any]:
        return {(self.case.pk, self.child.pk)}

    def narrow(self, guardian: Person, hides: Any = Hides.EVERYTHING, reason: str = WHY) -> GuardianNarrowing:
        return narrow_guardian(
            actor=people.acting(self.therapist),
            participant=self.part,
            guardian=guardian,
            hides=hides,
            reason=reason,
        )

    def alone(self, note: str = NOTE) -> TreatmentConsent:
        return consent_alone(actor=people.acting(self.therapist), participant=self.part, capacity_note=note)


# --- what it takes to be a guardian ---


def test_papers_must_have_been_looked_at() -> None:
    family = Family()
    mia = people.a_guardian(family.child, "Mia", verified=False)
    assert not guards(mia)
    verify_guardianship(actor=people.acting(family.therapist), guardianship=Guardianship.objects.get())
    assert guards(mia) == sees_appointments(mia) == family.here


def test_nobody_verifies_themselves() -> None:
    family = Family()
    mia = people.a_guardian(family.child, verified=False)
    for actor in (people.acting(mia), people.SYSTEM):
        with pytest.raises(HomeportError):
            verify_guardianship(actor=actor, guardianship=Guardianship.objects.get())


def test_daily_care_alone_opens_nothing() -> None:
    """A foster carer has the child and not the authority; a separated father the authority and not the child."""
    family = Family()
    carer = people.a_guardian(
        family.child, kind=Guardianship.Kind.FOSTER_CARER, legal_authority=False, daily_care=True
    )
    father = people.a_guardian(family.child, legal_authority=True, daily_care=False)
    assert not guards(carer)
    assert guards(father) == family.here


def test_adoption_ends_one_standing_and_begins_another() -> None:
    with time_machine.travel("2027-03-01 09:00Z", tick=False) as clock:
        family = Family()
        mother = people.a_guardian(family.child)
        before = Guardianship.objects.get()
        clock.shift(timedelta(days=10))
        end_guardianship(actor=people.SYSTEM, guardianship=before)
        adopter = people.a_guardian(family.child, kind=Guardianship.Kind.ADOPTIVE_PARENT)
        assert not guards(mother)
        assert guards(adopter) == family.here
        before.refresh_from_db()
        assert before.until_at == now(), "what was true then can be told later"


@pytest.mark.parametrize(
    "wrong",
    [
        {"legal_authority": False, "daily_care": False},
        {"jurisdiction": "Ontario"},
    ],
)
def test_what_is_no_guardianship(wrong: dict[str, Any]) -> None:
    family = Family()
    with pytest.raises(HomeportError):
        people.a_guardian(family.child, **wrong)
    assert not Guardianship.objects.exists()


def test_nobody_guards_themselves_an_adult_or_the_same_child_twice() -> None:
    family = Family()
    adult = people.a_person(age=30)
    mia = people.a_guardian(family.child)
    for child, guardian in ((family.child, family.child), (adult, mia), (family.child, mia)):
        with pytest.raises(HomeportError):
            people.a_guardianship(child, guardian)
    assert Guardianship.objects.count() == 1


# --- what the law of the place gives ---


@pytest.mark.parametrize(
    ("place", "age", "stands", "sees"),
    [
        ("CA-ON", 11, True, True),
        ("CA-ON", 12, True, False),
        ("CA-QC", 13, True, True),
        ("CA-QC", 14, True, False),
        ("GB", 17, True, False),
        ("US", 17, True, True),
        ("US", 18, False, False),
        ("CA-BC", 18, True, False),
        ("CA-BC", 19, False, False),
    ],
)
def test_by_age_and_place(place: str, age: int, stands: bool, sees: bool) -> None:
    with time_machine.travel("2027-03-01 09:00Z", tick=False) as clock:
        family = Family(age=9, place=place)
        mia = people.a_guardian(family.child)
        clock.shift(timedelta(days=366 * (age - 9) - 90))
        assert family.child.age_on() == age
        assert bool(guards(mia)) is stands
        assert bool(sees_appointments(mia)) is sees


def test_the_law_of_the_case_counts_not_that_of_the_practice() -> None:
    people.a_practice(jurisdiction="CA-ON")
    family = Family(age=13, place="CA-QC")
    mia = people.a_guardian(family.child)
    elsewhere = cases.a_case(jurisdiction="CA-ON")
    cases.takes_part(elsewhere, family.child, Participant.Role.ADOLESCENT)
    assert sees_appointments(mia) == family.here
    assert guards(mia) == family.here | {(elsewhere.pk, family.child.pk)}


def test_on_the_birthday_nobody_stands_for_them_whatever_the_job_does() -> None:
    family = Family(age=17)
    mia = people.a_guardian(family.child)
    assert guards(mia)
    born = family.child.birth_date
    assert born is not None
    with time_machine.travel(date(born.year + 18, born.month, born.day)):
        assert not guards(mia)


def test_the_job_ends_what_the_birthday_ended() -> None:
    job = registered("people.come_of_age")
    assert job is not None
    assert job.every is not None
    young = people.a_person(age=15)
    grown, by_law_elsewhere, unknown = (people.a_person(age=17) for _ in range(3))
    for child in (young, grown, by_law_elsewhere):
        people.a_guardian(child, jurisdiction="CA-BC" if child == by_law_elsewhere else "CA-ON")
    people.a_guardian(unknown, jurisdiction="CA-ON")
    Person.objects.filter(pk=unknown.pk).update(birth_date=None)
    with time_machine.travel(today() + timedelta(days=300)):
        job.function()
        job.function()
        standing = set(Guardianship.objects.filter(until_at=None).values_list("child_id", flat=True))
    assert standing == {young.pk, by_law_elsewhere.pk, unknown.pk}
    assert AuditEvent.objects.filter(material="guardianship", verb="revoke", actor_kind="system").count() == 1


# --- a teen who consents alone ---


def test_who_consents_alone_is_nobodys_ward_in_this_case_and_in_no_other() -> None:
    family = Family(age=15)
    mia = people.a_guardian(family.child)
    other = cases.a_child_case(family.child, lead=family.therapist)
    family.alone()
    assert guards(mia) == {(other.pk, family.child.pk)}
    withdraw_consent(actor=people.SYSTEM, consent=TreatmentConsent.objects.get())
    assert guards(mia) == {(other.pk, family.child.pk)} | family.here


@pytest.mark.parametrize(
    ("place", "age", "note", "error"),
    [
        ("CA-QC", 14, "", None),
        ("CA-QC", 13, NOTE, HomeportError),
        ("CA-ON", 12, NOTE, None),
        ("CA-ON", 12, "She is clever.", Unfit),
        ("US", 17, NOTE, HomeportError),
        ("CA-ON", 30, NOTE, HomeportError),
    ],
)
def test_consent_alone_where_the_law_lets_them(
    place: str, age: int, note: str, error: type[HomeportError] | None
) -> None:
    family = Family(age=age, place=place) if age < 18 else None
    part = family.part if family else cases.takes_part(cases.a_case(), people.a_person(age=age))
    act: dict[str, Any] = {"actor": people.SYSTEM, "participant": part, "capacity_note": note}
    if error is None:
        consent = consent_alone(**act)
        assert consent.capacity_note == note
        part.refresh_from_db()
        assert part.consents_alone
    else:
        with pytest.raises(error):
            consent_alone(**act)
        part.refresh_from_db()
        assert not part.consents_alone


def test_only_verified_authority_consents_for_a_child() -> None:
    family = Family()
    mia = people.a_guardian(family.child)
    carer = people.a_guardian(family.child, legal_authority=False)
    hasty = people.a_guardian(family.child, verified=False)
    stranger = people.a_person()
    for guardian in (carer, hasty, stranger):
        with pytest.raises(HomeportError):
            consent_as_guardian(actor=people.SYSTEM, participant=family.part, guardian=guardian)
    first = consent_as_guardian(actor=people.SYSTEM, participant=family.part, guardian=mia)
    assert consent_as_guardian(actor=people.SYSTEM, participant=family.part, guardian=mia) == first


# --- less for one guardian ---


def test_a_therapist_lets_one_guardian_see_less_and_takes_it_back() -> None:
    family = Family()
    mia, paul = people.a_guardian(family.child, "Mia"), people.a_guardian(family.child, "Paul")
    family.narrow(paul, Hides.APPOINTMENTS)
    assert guards(paul) == family.here
    assert not sees_appointments(paul)
    narrowing = family.narrow(paul, Hides.EVERYTHING)
    assert not guards(paul)
    assert guards(mia) == sees_appointments(mia) == family.here
    assert GuardianNarrowing.objects.filter(until_at=None).count() == 1
    end_narrowing(actor=people.SYSTEM, narrowing=narrowing)
    assert guards(paul) == sees_appointments(paul) == family.here


def test_it_holds_in_this_case_alone() -> None:
    family = Family()
    paul = people.a_guardian(family.child)
    other = cases.a_child_case(family.child)
    family.narrow(paul)
    assert guards(paul) == {(other.pk, family.child.pk)}


def test_a_reason_is_needed_a_guardian_and_somebody_who_decides() -> None:
    family = Family()
    paul = people.a_guardian(family.child)
    with pytest.raises(Unfit):
        family.narrow(paul, reason="He is mean.      ")
    with pytest.raises(HomeportError):
        family.narrow(people.a_person())
    with pytest.raises(HomeportError):
        narrow_guardian(
            actor=people.SYSTEM, participant=family.part, guardian=paul, hides=Hides.EVERYTHING, reason=WHY
        )
    assert guards(paul) == family.here


# --- everything over time ---


class Ledger:
    """What a clerk with paper and pencil would keep: the second, independent answer."""

    def __init__(self, born: date, place: str) -> None:
        self.born, self.rules = born, minors_in(place)
        self.verified = self.ended = self.alone = self.gone = False
        self.hides = ""

    def age(self) -> int:
        day = today()
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))

    def stands(self) -> bool:
        in_force = self.verified and not self.ended and not self.alone and not self.gone
        return in_force and self.age() < self.rules.majority and self.hides != "everything"

    def sees_appointments(self) -> bool:
        return self.stands() and self.age() < self.rules.guardian_appointments_until and not self.hides


class Life:
    """One child growing up at random, with one guardian and whatever happens to families."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        place = self.chance.choice(["CA-ON", "CA-QC", "CA-NB", "CA-BC", "GB", "US", "*"])
        self.family = Family(age=self.chance.randint(1, 16), place=place)
        self.guardian = people.a_guardian(self.family.child, verified=False, jurisdiction=place)
        assert self.family.child.birth_date is not None
        self.ledger = Ledger(self.family.child.birth_date, place)

    def happens(self) -> None:
        """One thing, if it can be."""
        event = self.chance.choice(
            [self.verify, self.narrow, self.widen, self.alone, self.withdraw, self.end, self.leave]
        )
        if event in (self.end, self.leave) and self.chance.random() < 0.7:
            return
        with contextlib.suppress(HomeportError):
            event()

    def standing(self) -> Guardianship:
        return Guardianship.objects.get(child=self.family.child)

    def verify(self) -> None:
        verify_guardianship(actor=people.acting(self.family.therapist), guardianship=self.standing())
        self.ledger.verified = True

    def narrow(self) -> None:
        hides = self.chance.choice([Hides.APPOINTMENTS, Hides.EVERYTHING])
        self.family.narrow(self.guardian, hides)
        self.ledger.hides = str(hides)

    def widen(self) -> None:
        for narrowing in GuardianNarrowing.objects.filter(until_at=None):
            end_narrowing(actor=people.SYSTEM, narrowing=narrowing)
            self.ledger.hides = ""

    def alone(self) -> None:
        self.family.alone()
        self.ledger.alone = True

    def withdraw(self) -> None:
        for consent in TreatmentConsent.objects.filter(until_at=None):
            withdraw_consent(actor=people.SYSTEM, consent=consent)
            self.family.part.refresh_from_db()
            self.ledger.alone = False

    def end(self) -> None:
        end_guardianship(actor=people.SYSTEM, guardianship=self.standing())
        self.ledger.ended = True

    def leave(self) -> None:
        end_participation(actor=people.SYSTEM, participant=self.family.part)
        self.ledger.gone = True


@pytest.mark.parametrize("seed", range(12))
def test_at_every_moment_the_standing_is_what_the_ledger_says(seed: int) -> None:
    job = registered("people.come_of_age")
    assert job is not None
    seen = set()
    with time_machine.travel("2027-03-01 09:00Z", tick=False) as clock:
        life = Life(seed)
        for _ in range(25):
            life.happens()
            clock.shift(timedelta(days=life.chance.randint(1, 200)))
            if life.chance.random() < 0.3:
                job.function()
            said = bool(guards(life.guardian)), bool(sees_appointments(life.guardian))
            assert said == (life.ledger.stands(), life.ledger.sees_appointments())
            seen.add(said)
    assert seen


def test_the_random_lives_show_every_standing() -> None:
    """Otherwise the comparison above would prove little."""
    seen = set()
    for seed in range(12):
        with time_machine.travel("2027-03-01 09:00Z", tick=False) as clock:
            life = Life(seed)
            for _ in range(25):
                life.happens()
                clock.shift(timedelta(days=life.chance.randint(1, 200)))
                seen.add((life.ledger.stands(), life.ledger.sees_appointments()))
    assert seen == {(True, True), (True, False), (False, False)}


def test_a_child_without_a_birth_date_has_no_place_in_a_case() -> None:
    with pytest.raises(Unfit) as told:
        add_participant(
            actor=people.SYSTEM,
            case=cases.a_case(),
            person=people.a_person(),
            role=Participant.Role.CHILD,
        )
    assert told.value.field == "birth_date"


def test_what_is_written_about_a_guardian_is_sealed() -> None:
    from django.db import connection

    family = Family(age=15)
    family.narrow(people.a_guardian(family.child))
    family.alone()
    with connection.cursor() as cursor:
        for table in ("cases_guardiannarrowing", "cases_treatmentconsent"):
            cursor.execute(f"SELECT * FROM {table}")
            stored = str([bytes(v) if isinstance(v, memoryview) else v for v in cursor.fetchone()])
            assert "punishes" not in stored
            assert "own words" not in stored
