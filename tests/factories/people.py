"""Persons, roles and what stands between people, made through the services: what a test builds could really be there."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from homeport.core.actor import Actor, system
from homeport.core.clock import now, today
from homeport.people.models import Cover, Guardianship, Person, Practice, Role, Therapist
from homeport.people.services.arrange_cover import arrange_cover
from homeport.people.services.enter_person import enter_person
from homeport.people.services.hold_role import give_role
from homeport.people.services.keep_guardianship import record_guardianship, verify_guardianship
from homeport.people.services.keep_licence import add_licence, verify_licence
from homeport.people.services.set_up_practice import set_up_practice
from homeport.people.services.supervise import begin_supervision

SYSTEM = system("tests")
_numbers = count(1)


def acting(person: Person) -> Actor:
    """The person as they act."""
    return Actor("person", user_id=person.user_id, person_id=person.pk, via="tests")


def a_person(name: str = "", **known: Any) -> Person:
    """Somebody, with a name of their own where none is given. ``age`` in years may stand for ``birth_date``."""
    if "age" in known:
        known["birth_date"] = born(known.pop("age"))
    return enter_person(actor=SYSTEM, name=name or f"Person {next(_numbers)}", **known)


def born(age: int) -> date:
    """A birth date that makes somebody ``age`` years old today, and for half a year on."""
    day = today() - timedelta(days=183)
    return day.replace(year=day.year - age, day=min(day.day, 28))


def someone_with(*roles: Role, name: str = "") -> Person:
    """Somebody who holds these roles."""
    person = a_person(name or (f"{roles[0].label} {next(_numbers)}" if roles else ""))
    for role in roles:
        give_role(actor=SYSTEM, person=person, role=role)
    return person


def a_practice(**settings: Any) -> Practice:
    """The practice of this database, in Ontario unless told otherwise; the one that is there already, if there is one."""
    chosen = {
        "name": "Harbour Street", "jurisdiction": "CA-ON", "zone": "America/Toronto", "languages": ["en"],
        "crisis_region": "CA-ON", "retention_years": 10, **settings,
    }  # fmt: skip
    standing = Practice.objects.first()
    if standing is not None:
        return standing
    return set_up_practice(actor=SYSTEM, manager=a_person("Mona Manager"), **chosen)


def a_manager(name: str = "") -> Person:
    """A practice manager."""
    return someone_with(Role.MANAGER, name=name)


def a_therapist(name: str = "", *, licensed_in: str = "CA-ON") -> Person:
    """A therapist with a verified licence."""
    person = someone_with(Role.THERAPIST, name=name)
    licence = add_licence(
        actor=acting(person),
        therapist=Therapist.objects.get(person=person),
        jurisdiction=licensed_in,
        body="College of Psychotherapists",
        number=f"L{next(_numbers)}",
        expires_on=today() + timedelta(days=365),
    )
    verify_licence(actor=acting(a_person("Vera Verifier")), licence=licence)
    return person


def a_supervisor(*supervisees: Person, name: str = "") -> Person:
    """A supervisor of these therapists."""
    person = someone_with(Role.SUPERVISOR, name=name)
    for supervisee in supervisees:
        begin_supervision(actor=SYSTEM, supervisor=person, supervisee=supervisee)
    return person


def a_guardian(child: Person, name: str = "", *, verified: bool = True, **standing: Any) -> Person:
    """Somebody who stands for the child: a parent with authority and daily care, unless told otherwise."""
    guardian = a_person(name)
    a_guardianship(child, guardian, verified=verified, **standing)
    return guardian


def a_guardianship(
    child: Person, guardian: Person, *, verified: bool = True, **standing: Any
) -> Guardianship:
    """The guardian's standing towards the child."""
    what = {"kind": Guardianship.Kind.PARENT, "legal_authority": True, "daily_care": True, **standing}
    made = record_guardianship(actor=SYSTEM, child=child, guardian=guardian, **what)
    if verified:
        verify_guardianship(actor=acting(a_person("Vera Verifier")), guardianship=made)
    return made


def a_cover(covered: Person, by: Person, *, days: float = 7, practice_of_by: str = "") -> Cover:
    """``by`` stands in for ``covered`` from now on, for these days."""
    return arrange_cover(
        actor=SYSTEM, covered=covered, by=by, from_at=now(), until_at=now() + timedelta(days=days),
        practice_of_by=practice_of_by,
    )  # fmt: skip
