"""From what a form says of somebody to a person: known already, or entered now and perhaps invited."""

from typing import Any

from homeport.cases.forms import NEW
from homeport.core.actor import Actor
from homeport.people.models import Person, Role
from homeport.people.services.enter_person import enter_person
from homeport.people.services.hold_role import give_role
from homeport.people.services.invite import invite


def person_from(*, actor: Actor, said: dict[str, Any], known: list[Person], is_client: bool) -> Person:
    """The person meant; a new one is a client where ``is_client``, and is invited where an address was written."""
    if said["who"] != NEW:
        return next(person for person in known if str(person.pk) == said["who"])
    person = enter_person(actor=actor, name=said["name"], birth_date=said.get("birth_date"))
    if is_client:
        give_role(actor=actor, person=person, role=Role.CLIENT)
    if said.get("email"):
        invite(actor=actor, email=said["email"], roles=[], person=person, by_mail=True)
    return person
