"""Invite somebody to the practice."""

import hashlib
import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.people.models import Invitation, Person, Role

LASTS = timedelta(days=7)


def secret_hash(secret: str) -> bytes:
    """What is kept of an invitation's secret. It is long and random, so a plain hash cannot be guessed backwards."""
    return hashlib.sha256(secret.encode()).digest()


@transaction.atomic
def invite(
    *, actor: Actor, email: str, roles: list[Role], name: str = "", person: Person | None = None
) -> tuple[Invitation, str]:
    """Write an invitation down; it lasts a week. Returns it with the secret, which is kept nowhere else.

    Raises ``HomeportError`` for an address that is none, or without a role.
    """
    try:
        validate_email(email)
    except ValidationError:
        raise HomeportError(f"{email!r} is not an e-mail address.") from None
    if not roles:
        raise HomeportError("Choose at least one role for this person.")
    secret = secrets.token_urlsafe(32)
    invitation = Invitation(
        email=email,
        name=name.strip(),
        roles=sorted(set(roles)),
        secret_hash=secret_hash(secret),
        invited_by_id=actor.person_id,
        expires_at=now() + LASTS,
        person=person,
    )
    invitation.save(force_insert=True)
    record(actor=actor, verb=Verb.GRANT, material="invitation", row_id=invitation.pk)
    return invitation, secret


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation: Invitation) -> None:
    """Make an open invitation useless."""
    if Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(
        withdrawn_at=now()
    ):
        record(actor=actor, verb=Verb.REVOKE, material="invitation", row_id=invitation.pk)
