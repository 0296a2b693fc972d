"""What is kept about somebody's way in: addresses, passkeys, devices, and what was done with them."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Q

from homeport.accounts.models import User
from homeport.accounts.selectors import devices_of, drafts_of
from homeport.audit.models import AuditEvent
from homeport.audit.verbs import Verb
from homeport.core.keys import KeyGone
from homeport.interop.plain import plain

# What the audit calls the parts of a sign-in. What somebody did with clinical material is not told here.
OF_SIGN_IN = ("sign-in", "password", "e-mail address", "passkey", "one-time codes", "recovery codes", "device",
              "second factors")  # fmt: skip
MOST = 10_000


def sign_in_of(user: User) -> dict[str, Any]:
    """All of it. No secret is in it: neither a password's hash nor a passkey's key."""
    return {
        "email": user.email,
        "addresses": [
            {"email": each.email, "proved": each.verified, "main": each.primary}
            for each in EmailAddress.objects.filter(user=user).order_by("pk")
        ],
        "has_password": user.has_usable_password(),
        "made_at": plain(user.created_at),
        "last_signed_in_at": plain(user.last_login),
        "second_steps": [
            {"kind": each.type, "name": _name(each), "added_at": plain(each.created_at),
             "last_used_at": plain(each.last_used_at)}
            for each in Authenticator.objects.filter(user=user).order_by("pk")
        ],
        "devices": [
            {"device": each.name, "signed_in_at": plain(each.signed_in_at), "seen_at": plain(each.seen_at)}
            for each in devices_of(user.pk, this=None)
        ],
        "history": _history(user),
        "typed_and_not_sent": _drafts(user),
    }  # fmt: skip


def _name(authenticator: Authenticator) -> str:
    return str(authenticator) if authenticator.type == Authenticator.Type.WEBAUTHN else ""


def _history(user: User) -> list[dict[str, Any]]:
    """Signing in and out, changes, and guesses at the password by whomever."""
    mine = Q(user_id=user.pk) | Q(row_id=user.pk, verb__in=(Verb.REFUSED, Verb.REVOKE))
    events = AuditEvent.objects.filter(mine, material__in=OF_SIGN_IN).order_by("-at", "pk")[:MOST]
    return [
        {"when": plain(event.at), "what": event.material, "did": Verb(event.verb).label} for event in events
    ]


def _drafts(user: User) -> list[dict[str, Any]]:
    found = []
    for draft in drafts_of(user.pk):
        try:
            content = draft.content
        except KeyGone:
            continue
        found.append(
            {"kept_at": plain(draft.created_at), "for": content["address"], "typed": dict(content["fields"])}
        )
    return found
