"""Fill an empty database with the demo practice. The same seed gives the same people and the same half year."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction

from homeport.accounts.models import User
from homeport.cases.models import CareTeamMember, Case, ConfidentialityAgreement, Participant
from homeport.cases.services.agree import propose_agreement, sign_agreement
from homeport.cases.services.open_case import add_participant, change_case_status, join_care_team, open_case
from homeport.config.demo import words
from homeport.config.demo.beginnings import Diaries, begin_well, open_doors
from homeport.config.demo.directory import fill_directory
from homeport.config.demo.going_on import go_on, keep_watch
from homeport.config.demo.history import live_through
from homeport.core import randomness
from homeport.core.actor import Actor, system
from homeport.core.clock import now, standing_at
from homeport.directory.services.look_up_free_times import look_up_everybody
from homeport.people.models import Guardianship, Person, Practice, Role
from homeport.people.services.arrange_cover import arrange_cover
from homeport.people.services.enter_person import enter_person
from homeport.people.services.hold_role import give_role
from homeport.people.services.keep_guardianship import record_guardianship, verify_guardianship
from homeport.people.services.keep_licence import add_licence, verify_licence
from homeport.people.services.set_up_practice import set_up_practice
from homeport.people.services.supervise import begin_supervision

SEED = 20_26
HALF_A_YEAR = timedelta(days=182)
DEMO = system("demo")
Kind = Case.Kind
Part = Participant.Role
# Sixty cases of every kind, as a practice of this size would have them.
KINDS = (
    [Kind.INDIVIDUAL] * 28 + [Kind.COUPLE] * 12 + [Kind.FAMILY] * 8 + [Kind.PARENT_CHILD] * 8 + [Kind.GROUP] * 4
)  # fmt: skip


@dataclass
class Making:
    """What is known while the practice is being made."""

    chance: random.Random
    begun_at: datetime
    staff: dict[str, list[Person]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    diaries: Diaries = field(default_factory=Diaries)

    def name(self) -> str:
        """A name nobody has yet."""
        while True:
            name = f"{self.chance.choice(words.FIRST)} {self.chance.choice(words.LAST)}"
            if name not in self.taken:
                self.taken.add(name)
                return name


def acting(person: Person) -> Actor:
    """The person as they act."""
    return Actor("person", user_id=person.user_id, person_id=person.pk, via="demo")


def fill_demo() -> bool:
    """Make the practice, unless there is one already. Returns whether it was made."""
    if Practice.objects.exists():
        return False
    making = Making(random.Random(SEED), now() - HALF_A_YEAR)  # noqa: S311 - the same people each time
    with randomness.seeded("demo"), transaction.atomic(), transaction.atomic(using="keys"):
        with standing_at(making.begun_at):
            _staff(making)
            fill_directory(making.staff["therapist"])
            open_doors(making.staff["manager"][0], making.staff["therapist"])
            keep_watch(making.staff["manager"][0])
        for number, kind in enumerate(KINDS):
            _case(making, number, kind)
        _cover(making)
        go_on(
            making.chance,
            making.staff["therapist"][-1],
            making.staff["intake"][0],
            partial(_newcomer, making),
        )
        look_up_everybody(actor=system("demo"))
    return True


def _person(making: Making, name: str, *, age: int, signs_in: bool = True) -> Person:
    user = (
        User.objects.create_user(f"{name.lower().replace(' ', '.').replace('..', '.')}@demo.example")
        if signs_in
        else None
    )
    born = date(now().year - age, making.chance.randint(1, 12), making.chance.randint(1, 28))
    return enter_person(
        actor=DEMO,
        name=name,
        called=name.removeprefix("Dr. ").split(maxsplit=1)[0],
        birth_date=born,
        zone="America/Toronto",
        language="en",
        user_id=user.pk if user else None,
    )


def _staff(making: Making) -> None:
    manager = _person(making, words.STAFF["manager"][0], age=51)
    set_up_practice(
        actor=DEMO,
        name="Harbour Street Practice",
        jurisdiction="CA-ON",
        zone="America/Toronto",
        languages=["en", "fr"],
        crisis_region="CA-ON",
        retention_years=10,
        manager=manager,
    )
    making.staff["manager"] = [manager]
    for role, names in words.STAFF.items():
        if role == "manager":
            continue
        making.staff[role] = [_person(making, name, age=making.chance.randint(32, 62)) for name in names]
        for person in making.staff[role]:
            give_role(actor=acting(manager), person=person, role=Role(role))
    for person in [one for people in making.staff.values() for one in people]:
        # Whoever works here needs a second factor; nobody knows this one, and the sign-in by one click asks for none.
        TOTP.activate(person.user, generate_totp_secret())
    for number, therapist in enumerate(making.staff["therapist"]):
        _licence(therapist, manager, number)
        supervisor = making.staff["supervisor"][number % 2]
        begin_supervision(actor=acting(manager), supervisor=supervisor, supervisee=therapist)


def _licence(therapist: Person, manager: Person, number: int) -> None:
    licence = add_licence(
        actor=acting(therapist),
        therapist=therapist.therapist,
        jurisdiction="CA-ON",
        body="College of Registered Psychotherapists of Ontario",
        number=f"DEMO-{1000 + number}",
        expires_on=now().date() + timedelta(days=500),
    )
    verify_licence(actor=acting(manager), licence=licence)


def _case(making: Making, number: int, kind: Case.Kind) -> None:
    """One case: opened some time in the half year, lived through, perhaps closed."""
    lead = making.staff["therapist"][number % 8]
    opened = making.begun_at + timedelta(
        days=making.chance.randint(1, 150), hours=making.chance.randint(9, 17)
    )
    with standing_at(opened):
        case = open_case(actor=acting(lead), kind=kind, jurisdiction="CA-ON", lead=lead)
        people = _participants(making, case, kind, lead)
        if kind is Kind.GROUP:
            second = making.staff["therapist"][(number + 1) % 8]
            join_care_team(
                actor=acting(lead), case=case, person=second, role=CareTeamMember.Role.CO_THERAPIST
            )
        if len(people) > 1:
            _agreement(making, case, lead, people)
    live_through(making.chance, case, lead, people, opened)
    begin_well(making.chance, making.diaries, case, lead, opened, number)
    if number % 9 == 8:
        with standing_at(now() - timedelta(days=3)):
            change_case_status(actor=acting(lead), case=case, status=Case.Status.CLOSED, version=case.version)


def _participants(making: Making, case: Case, kind: Case.Kind, lead: Person) -> list[Person]:
    def join(role: Participant.Role, age: int, *, group_name: str = "", signs_in: bool = True) -> Person:
        person = _person(making, making.name(), age=age, signs_in=signs_in)
        if age >= 18:
            give_role(actor=DEMO, person=person, role=Role.CLIENT)
        add_participant(actor=acting(lead), case=case, person=person, role=role, group_name=group_name)
        return person

    chance = making.chance
    if kind is Kind.INDIVIDUAL:
        teen = chance.random() < 0.15
        return [join(Part.ADOLESCENT if teen else Part.CLIENT, 16 if teen else chance.randint(19, 68))]
    if kind is Kind.COUPLE:
        return [join(Part.PARTNER, chance.randint(24, 60)) for _ in range(2)]
    if kind is Kind.GROUP:
        return [
            join(Part.MEMBER, chance.randint(22, 60), group_name=f"Member {letter}") for letter in "ABCDE"
        ]
    adults = [join(Part.CAREGIVER, chance.randint(28, 48)) for _ in range(2 if kind is Kind.FAMILY else 1)]
    age = chance.randint(12, 17) if kind is Kind.FAMILY else chance.randint(3, 9)
    child = join(Part.ADOLESCENT if age >= 12 else Part.CHILD, age, signs_in=age >= 12)
    for number, adult in enumerate(adults):
        _guardian(making, child, adult, lead, daily_care=number == 0)
    return [*adults, child]


def _guardian(making: Making, child: Person, adult: Person, lead: Person, *, daily_care: bool) -> None:
    foster = making.chance.random() < 0.2
    guardianship = record_guardianship(
        actor=acting(lead),
        child=child,
        guardian=adult,
        kind=Guardianship.Kind.FOSTER_CARER if foster else Guardianship.Kind.PARENT,
        legal_authority=not foster or not daily_care,
        daily_care=daily_care,
    )
    verify_guardianship(actor=acting(lead), guardianship=guardianship)


def _agreement(making: Making, case: Case, lead: Person, people: list[Person]) -> None:
    kind = making.chance.choice(list(ConfidentialityAgreement.Kind))
    agreement = propose_agreement(actor=acting(lead), case=case, kind=kind, proposed_by=lead)
    for person in [lead, *people]:
        if person.user_id:
            sign_agreement(
                actor=acting(person), agreement=agreement, person=person, text_hash=agreement.text_hash
            )


def _newcomer(making: Making, name: str) -> Person:
    person = _person(making, name, age=making.chance.randint(24, 60))
    give_role(actor=DEMO, person=person, role=Role.CLIENT)
    return person


def _cover(making: Making) -> None:
    away, by = making.staff["therapist"][:2]
    arrange_cover(
        actor=acting(away),
        covered=away,
        by=by,
        from_at=now() - timedelta(days=1),
        until_at=now() + timedelta(days=6),
    )
