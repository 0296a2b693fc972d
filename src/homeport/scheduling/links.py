"""Links in letters that move or cancel one meeting without signing in.

Such a link does one thing with one meeting for one person. It is good until the meeting begins, or until anything about
its time changes: then, and once it was used, it opens nothing. It is signed, so nobody can make one; it says nothing.
"""

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from homeport.core.clock import now
from homeport.scheduling.models import Appointment

SIGNED = 20


class Act(StrEnum):
    """The one thing a link does."""

    MOVE = "move"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Link:
    """What a sound link names. ``changes``: how often the meeting had been changed when it was written."""

    act: Act
    appointment_id: UUID
    person_id: UUID
    changes: int


def address_of(appointment: Appointment, person_id: UUID, act: Act) -> str:
    """The whole address of the link for one reader."""
    said = b"".join(
        (
            appointment.pk.bytes,
            person_id.bytes,
            min(appointment.changes, 65_535).to_bytes(2, "big"),
            int(appointment.begins_at.timestamp()).to_bytes(6, "big"),
        )
    )
    token = base64.urlsafe_b64encode(said + _signature(act, said)).rstrip(b"=").decode()
    return f"{settings.ADDRESS}{reverse('appointment-link', args=[act.value, token])}"


def read(act: str, token: str) -> Link | None:
    """What the link names; None for one that nobody here signed for this act, or whose time is over."""
    try:
        held = base64.urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        kind = Act(act)
    except (ValueError, binascii.Error):
        return None
    said, signature = held[:-SIGNED], held[-SIGNED:]
    if len(said) != 40 or not hmac.compare_digest(signature, _signature(kind, said)):
        return None
    if datetime.fromtimestamp(int.from_bytes(said[34:], "big"), UTC) <= now():
        return None
    return Link(kind, UUID(bytes=said[:16]), UUID(bytes=said[16:32]), int.from_bytes(said[32:34], "big"))


def is_spent(link: Link, appointment: Appointment) -> bool:
    """Whether the meeting is another one than when the link was written."""
    return link.changes != appointment.changes or appointment.status == Appointment.Status.CANCELLED


def _signature(act: Act, said: bytes) -> bytes:
    return salted_hmac(f"homeport.scheduling.link.{act.value}", said, algorithm="sha256").digest()[:SIGNED]
