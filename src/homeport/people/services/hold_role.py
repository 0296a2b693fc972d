"""Give and take roles."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.models import Person, Practice, Role, RoleHolding, Therapist
from homeport.people.models.lasting import holds_at


@transaction.atomic
def give_role(*, actor: Actor, person: Person, role: Role, given_by_id: UUID | None = None) -> RoleHolding:
    """Let ``person`` hold ``role`` from now on. Giving it twice changes nothing.

    ``given_by_id``: who decided it, where that is not the actor (who came in by an invitation, say).
    """
    holding, created = RoleHolding.objects.get_or_create(
        person=person, role=role, until_at=None, defaults={"given_by_id": given_by_id or actor.person_id}
    )
    if role is Role.THERAPIST:
        Therapist.objects.get_or_create(person=person)
    if created:
        _granted(actor, person, role)
    return holding


@transaction.atomic
def lend_role(
    *, actor: Actor, person: Person, role: Role, from_at: datetime, until_at: datetime
) -> RoleHolding:
    """Let ``person`` hold ``role`` for these days only."""
    holding = RoleHolding(
        person=person, role=role, from_at=from_at, until_at=until_at, given_by_id=actor.person_id
    )
    holding.save(force_insert=True)
    _granted(actor, person, role)
    return holding


@transaction.atomic
def take_role(*, actor: Actor, person: Person, role: Role) -> None:
    """End the role now; what it opened closes with it. Raises ``HomeportError`` for the last manager."""
    # Two managers who take each other's role at once come one after the other.
    Practice.objects.select_for_update().first()
    standing = RoleHolding.objects.filter(holds_at(now()), role=role)
    if role is Role.MANAGER and not standing.exclude(person=person).exists():
        raise HomeportError(_("This is the last manager. Make somebody else a manager first."))
    if standing.filter(person=person).update(until_at=now()):
        record(actor=actor, verb=Verb.REVOKE, material=f"role:{role}", row_id=person.pk, subject_id=person.pk)


def _granted(actor: Actor, person: Person, role: Role) -> None:
    record(actor=actor, verb=Verb.GRANT, material=f"role:{role}", row_id=person.pk, subject_id=person.pk)
