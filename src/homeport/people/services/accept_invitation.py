"""Come in by an invitation."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core import keys
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.models import Invitation, Person, Role
from homeport.people.services.enter_person import enter_person
from homeport.people.services.hold_role import give_role
from homeport.people.services.invite import secret_hash


class InvitationSpent(HomeportError):
    """Used, withdrawn, expired or never there: all told alike."""

    def __init__(self) -> None:
        super().__init__(_("This invitation can no longer be used. Ask whoever sent it for a new one."))


class KnownAlready(HomeportError):
    """The sign-in belongs to one person here, and the invitation to another record."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "You are known here already, under another record. Please tell the practice: nothing was changed."
            )
        )


def open_invitation(secret: str) -> Invitation:
    """The invitation of this secret, while it can be used. Raises ``InvitationSpent``."""
    invitation = Invitation.objects.filter(secret_hash=secret_hash(secret)).first()
    if invitation is None or not invitation.is_open:
        raise InvitationSpent
    return invitation


@transaction.atomic
def accept_invitation(*, actor: Actor, invitation: Invitation, user_id: UUID, name: str = "") -> Person:
    """Give the signed-in user the person and the roles of the invitation. It works once.

    ``name``: what somebody calls themselves who was not known here. Raises ``InvitationSpent``, or ``KnownAlready`` where
    the invitation is for another record than the user's own.
    """
    taken = Invitation.objects.filter(
        pk=invitation.pk, accepted_at=None, withdrawn_at=None, expires_at__gt=now()
    )
    if not taken.update(accepted_at=now()):
        raise InvitationSpent
    person = _person(actor, invitation, user_id, name)
    for role in invitation.roles:
        give_role(actor=actor, person=person, role=Role(role), given_by_id=invitation.invited_by_id)
    record(actor=actor, verb=Verb.SIGN, material="invitation", row_id=invitation.pk, subject_id=person.pk)
    return person


def _person(actor: Actor, invitation: Invitation, user_id: UUID, name: str) -> Person:
    own = Person.objects.filter(user_id=user_id).first()
    known = invitation.person
    if known is None:
        return own or enter_person(actor=actor, name=name or invitation.name, user_id=user_id)
    if own is not None and own.pk != known.pk:
        raise KnownAlready
    if not Person.objects.filter(pk=known.pk, user_id=user_id).exists():
        # Somebody else may have come in by an earlier invitation to the same record.
        if not Person.objects.filter(pk=known.pk, user__isnull=True).update(user_id=user_id):
            raise InvitationSpent
        known.user_id = user_id
        # Somebody who had everything of their own erased comes back: what they write from now on has a key again.
        keys.begin_anew(f"person:{known.pk}")
    return known
