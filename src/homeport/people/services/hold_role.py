"""Give and take roles."""

from django.db import transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.models import Person, Role, RoleHolding, Therapist
from homeport.people.models.lasting import holds_at


@transaction.atomic
def give_role(*, actor: Actor, person: Person, role: Role) -> RoleHolding:
    """Let ``person`` hold ``role`` from now on. Giving it twice changes nothing."""
    holding, created = RoleHolding.objects.get_or_create(
        person=person, role=role, until_at=None, defaults={"given_by_id": actor.person_id}
    )
    if role is Role.THERAPIST:
        Therapist.objects.get_or_create(person=person)
    if created:
        record(actor=actor, verb=Verb.GRANT, material=f"role:{role}", row_id=person.pk, subject_id=person.pk)
    return holding


@transaction.atomic
def take_role(*, actor: Actor, person: Person, role: Role) -> None:
    """End the role now; what it opened closes with it. Raises ``HomeportError`` for the last manager."""
    standing = RoleHolding.objects.filter(holds_at(now()), role=role)
    if role is Role.MANAGER and not standing.exclude(person=person).exists():
        raise HomeportError("This is the last manager. Make somebody else a manager first.")
    if standing.filter(person=person).update(until_at=now()):
        record(actor=actor, verb=Verb.REVOKE, material=f"role:{role}", row_id=person.pk, subject_id=person.pk)
