"""Invite somebody to the practice."""

import base64
import hashlib
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.jobs import enqueue
from homeport.core.mail import withdraw_letters
from homeport.people.errors import Unfit
from homeport.people.models import Invitation, Person, Role

LASTS = timedelta(days=7)


def secret_of(invitation: Invitation) -> str:
    """The secret in the link: a keyed digest, so that a mail can be sent again and a copy of the database opens nothing."""
    digest = salted_hmac("homeport.people.invitation", str(invitation.pk), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def letter_key(invitation: Invitation) -> str:
    """The key of the letter that carries it."""
    return f"invitation:{invitation.pk}"


def secret_hash(secret: str) -> bytes:
    """What is kept of it. The secret is long and random, so a plain hash cannot be guessed backwards."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


@transaction.atomic
def invite(
    *,
    actor: Actor,
    email: str,
    roles: list[Role],
    name: str = "",
    person: Person | None = None,
    by_mail: bool = False,
) -> tuple[Invitation, str]:
    """Write an invitation down; it lasts a week. Returns it with its secret.

    ``person``: whom it is for, where they are known here already; ``roles`` may then be empty. ``by_mail``: send it.
    Raises ``Unfit`` for an address that is none, no role, or somebody who can sign in already.
    """
    try:
        validate_email(email)
    except ValidationError:
        raise Unfit("email", _("“%s” is not an e-mail address.") % email) from None
    if not roles and person is None:
        raise Unfit("roles", _("Choose at least one role for this person."))
    if person is not None and person.user_id is not None:
        raise HomeportError(_("This person can sign in already."))
    invitation = Invitation(
        email=email,
        name=name.strip() or (person.name if person else ""),
        roles=sorted({str(Role(role)) for role in roles}),
        invited_by_id=actor.person_id,
        expires_at=now() + LASTS,
        person=person,
    )
    secret = secret_of(invitation)
    invitation.secret_hash = secret_hash(secret)
    invitation.save(force_insert=True)
    record(
        actor=actor,
        verb=Verb.GRANT,
        material="invitation",
        row_id=invitation.pk,
        subject_id=person.pk if person else None,
    )
    if by_mail:
        enqueue("people.send_invitation", invitation_id=str(invitation.pk))
    return invitation, secret


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation: Invitation) -> None:
    """Make an open invitation useless."""
    if Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(
        withdrawn_at=now()
    ):
        withdraw_letters(letter_key(invitation))
        record(actor=actor, verb=Verb.REVOKE, material="invitation", row_id=invitation.pk)


@transaction.atomic
def invite_again(*, actor: Actor, invitation: Invitation) -> Invitation:
    """A new invitation in place of this one, by mail. Raises ``HomeportError`` for one that was accepted."""
    if invitation.accepted_at is not None:
        raise HomeportError(_("This invitation was accepted."))
    withdraw_invitation(actor=actor, invitation=invitation)
    renewed, _secret = invite(
        actor=actor,
        email=invitation.email,
        roles=[Role(role) for role in invitation.roles],
        name=invitation.name,
        person=invitation.person,
        by_mail=True,
    )
    return renewed
