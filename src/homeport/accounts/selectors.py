"""What this room's pages read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.http import HttpRequest

from homeport.accounts.models import KeptDraft, Session, User
from homeport.accounts.models.session import REMEMBERED
from homeport.accounts.sessions import key_hash
from homeport.core.clock import now


@dataclass(frozen=True, slots=True)
class Device:
    """One place where somebody is signed in."""

    key_hash: str
    name: str
    signed_in_at: datetime
    seen_at: datetime
    is_this_one: bool


def user_of_address(email: str) -> User | None:
    """Who signs in with this address; None where nobody does. One query."""
    proved = EmailAddress.objects.filter(email__iexact=email, verified=True).values("user_id")
    return User.objects.filter(Q(email__iexact=email) | Q(pk__in=proved)).first()


def devices_of(user_id: UUID, *, this: str | None) -> list[Device]:
    """Where this user is signed in, the place at hand first. ``this``: its session key. One query."""
    moment, here = now(), key_hash(this) if this else ""
    rows = Session.objects.filter(user_id=user_id, ended_at=None, expires_at__gt=moment).defer("sealed")
    devices = [
        Device(row.key_hash, row.device, row.begun_at, row.seen_at, row.key_hash == here)
        for row in rows.order_by("-seen_at")
        if not row.is_over(moment)
    ]
    return sorted(devices, key=lambda device: not device.is_this_one)


def author_of_cookie(session_key: str | None) -> UUID | None:
    """Whose session this key opened, up to a day after it was over. One query."""
    if not session_key:
        return None
    since = now() - REMEMBERED
    row = Session.objects.filter(key_hash=key_hash(session_key), expires_at__gt=since).defer("sealed").first()
    return row.user_id if row else None


def drafts_of(user_id: UUID) -> list[KeptDraft]:
    """What was kept for this user when their session had timed out, newest first. One query, and one per key."""
    return list(KeptDraft.objects.filter(user_id=user_id).order_by("-created_at"))


def draft_of(user_id: UUID, draft_id: UUID) -> KeptDraft | None:
    """One of these; None for another's as for one that never was."""
    return KeptDraft.objects.filter(user_id=user_id, pk=draft_id).first()


@dataclass(frozen=True, slots=True)
class Ways:
    """By which ways somebody can sign in, besides a code in their mail."""

    passkeys: int
    has_app: bool
    has_recovery_codes: bool


def ways_of(user_id: UUID) -> Ways:
    """How many passkeys a user has, whether an app and recovery codes. One query."""
    kinds = list(Authenticator.objects.filter(user_id=user_id).values_list("type", flat=True))
    types = Authenticator.Type
    return Ways(kinds.count(types.WEBAUTHN), types.TOTP in kinds, types.RECOVERY_CODES in kinds)


def session_key_of(request: HttpRequest) -> str | None:
    """The key of the session at hand, as the browser sent it."""
    key: str | None = request.session.session_key
    return key
