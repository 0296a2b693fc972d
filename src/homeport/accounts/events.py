"""Every change to how somebody signs in, in the audit.

allauth tells of them by signals; each is written down, and nothing else happens here.
"""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest

from homeport.accounts.acting import actor_of
from homeport.accounts.alike import looked_up_alike
from homeport.accounts.models import User
from homeport.accounts.origin import digest_of
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb


def _write(request: HttpRequest, user: User | None, verb: Verb, material: str) -> None:
    actor = actor_of(request, user=user)
    record(
        actor=actor,
        verb=verb,
        material=material,
        row_id=user.pk if user else None,
        subject_id=actor.person_id,
    )


def _signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    _write(request, user, Verb.SIGN_IN, "sign-in")


def _signed_up(request: HttpRequest, user: User, **_: Any) -> None:
    _write(request, user, Verb.CREATE, "sign-in")


def _signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        _write(request, user, Verb.SIGN_OUT, "sign-in")


def _password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    _write(request, user, Verb.SETTING, "password")


def _address_changed(request: HttpRequest, user: User, from_email_address: Any, **_: Any) -> None:
    if from_email_address is not None:
        _write(request, user, Verb.SETTING, "e-mail address")


def _address_proved(request: HttpRequest, email_address: Any, **_: Any) -> None:
    _write(request, email_address.user, Verb.SETTING, "e-mail address")


def _factor_added(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    _write(request, user, Verb.GRANT, _factor(authenticator))


def _factor_removed(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    _write(request, user, Verb.REVOKE, _factor(authenticator))


def _recovery_used(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    if authenticator.type == authenticator.Type.RECOVERY_CODES:
        _write(request, user, Verb.SETTING, _factor(authenticator))


def _step_failed(request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    # Who fails here knew the password: that is worth a line each time. The tries themselves are limited.
    _write(request, user, Verb.REFUSED, _factor(authenticator))


def password_was_wrong(request: HttpRequest, account: str) -> None:
    """A guess at a password. What was guessed is nowhere; of the address only a digest, and that is sealed.

    A try that had to wait was no guess: nobody looked at it, and it is only counted (see ``throttle``).
    """
    user_id = looked_up_alike(account)
    record(
        actor=actor_of(request),
        verb=Verb.REFUSED,
        material="password",
        row_id=user_id,
        reason=digest_of("account", account.lower()),
    )


def _factor(authenticator: Any) -> str:
    return {"totp": "one-time codes", "webauthn": "passkey"}.get(authenticator.type, "recovery codes")


def listen() -> None:
    """Put the receivers in place, once."""
    receivers = (
        (account.user_logged_in, _signed_in),
        (account.user_signed_up, _signed_up),
        (user_logged_out, _signed_out),
        (account.password_set, _password_changed),
        (account.password_changed, _password_changed),
        (account.password_reset, _password_changed),
        (account.email_changed, _address_changed),
        (account.email_confirmed, _address_proved),
        (mfa.authenticator_added, _factor_added),
        (mfa.authenticator_removed, _factor_removed),
        (mfa.authenticator_reset, _factor_added),
        (mfa.authenticator_used, _recovery_used),
        (mfa.authentication_failed, _step_failed),
    )
    for signal, receiver in receivers:
        signal.connect(receiver, dispatch_uid=f"homeport.accounts.{receiver.__name__}")
