"""Come in by an invitation."""

from uuid import UUID

from django.db import transaction

from homeport.accounts.models import User
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.models import Invitation, Person, Role, RoleHolding
from homeport.people.services.invite import secret_hash


class InvitationSpent(HomeportError):
    """Used, withdrawn, expired or never there: all told alike."""

    def __init__(self) -> None:
        super().__init__("This invitation can no longer be used. Ask whoever sent it for a new one.")


def open_invitation(secret: str) -> Invitation:
    """The invitation of this secret, while it can be used. Raises ``InvitationSpent``."""
    invitation = Invitation.objects.filter(secret_hash=secret_hash(secret)).first()
    if invitation is None or not invitation.is_open:
        raise InvitationSpent
    return invitation


@transaction.atomic
def accept_invitation(*, actor: Actor, secret: str, user_id: UUID, name: str) -> Person:
    """Give the signed-in user the person and the roles of the invitation. It works once. Raises ``InvitationSpent``."""
    invitation = open_invitation(secret)
    taken = Invitation.objects.filter(
        pk=invitation.pk, accepted_at=None, withdrawn_at=None, expires_at__gt=now()
    )
    if not taken.update(accepted_at=now()):
        raise InvitationSpent
    user = User.objects.get(pk=user_id)
    person = (
        Person.objects.filter(user=user).first()
        or invitation.person
        or Person(name=name.strip() or invitation.name)
    )
    if person.user_id not in (None, user.pk):
        raise InvitationSpent
    person.user_id = user.pk
    person.save()
    for role in invitation.roles:
        RoleHolding.objects.get_or_create(
            person=person, role=Role(role), until_at=None, defaults={"given_by_id": invitation.invited_by_id}
        )
        record(actor=actor, verb=Verb.GRANT, material=f"role:{role}", row_id=person.pk, subject_id=person.pk)
    return person
