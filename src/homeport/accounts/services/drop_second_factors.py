"""Let somebody back in who has lost phone, passkeys and recovery codes alike."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from homeport.accounts.models import User
from homeport.accounts.services.end_session import end_all_sessions
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.errors import HomeportError

SHORTEST_REASON = 10


def drop_second_factors(*, actor: Actor, user: User, reason: str) -> None:
    """Take every passkey, app and recovery code off an account and sign it out everywhere; its owner is told by mail.

    For somebody of the practice who has made sure, by another way than the mail, that it is its owner who asks:
    ``reason`` says how. Raises ``HomeportError`` without one. What is left is the password, or a code in the mail.
    """
    check_reason(reason)
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        end_all_sessions(actor=actor, user=user)
        record(
            actor=actor, verb=Verb.REVOKE, material="second factors", row_id=user.pk, reason=reason.strip()
        )
        get_adapter().send_mail("accounts/mail/factors_dropped", user.email, {})


def check_reason(reason: str) -> None:
    """Raise ``HomeportError`` where nobody says how they made sure."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise HomeportError(_("Please write how you made sure that it is really them."))
