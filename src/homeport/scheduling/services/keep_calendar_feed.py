"""Make the address at which somebody's own calendar reads their times, and take it back."""

import base64
import hashlib
from uuid import UUID

from django.db import transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core import randomness
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.scheduling.models import CalendarFeed


def digest_of(secret: str) -> bytes:
    """What is kept of a secret. It is long and random, so a plain hash cannot be guessed backwards."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


@transaction.atomic
def make_calendar_feed(*, actor: Actor, person_id: UUID) -> str:
    """A new address for this person; the one before opens nothing from now on. Returns its secret, kept nowhere."""
    secret = base64.urlsafe_b64encode(randomness.stream("calendar feeds").randbytes(32)).rstrip(b"=").decode()
    feed, _new = CalendarFeed.objects.update_or_create(
        person_id=person_id, defaults={"digest": digest_of(secret), "made_at": now()}
    )
    record(actor=actor, verb=Verb.GRANT, material="calendar_feed", row_id=feed.pk, subject_id=person_id)
    return secret


@transaction.atomic
def drop_calendar_feed(*, actor: Actor, person_id: UUID) -> None:
    """Take the address back."""
    feed = CalendarFeed.objects.filter(person_id=person_id).first()
    if feed is not None:
        feed.delete()
        record(actor=actor, verb=Verb.REVOKE, material="calendar_feed", row_id=feed.pk, subject_id=person_id)
