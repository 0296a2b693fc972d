"""Sign a device out from another one."""

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from homeport.accounts.models import Session, User
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now


def end_session(*, actor: Actor, user: User, key_hash: str) -> bool:
    """End one session of this user. Returns False where there is none such."""
    with transaction.atomic():
        theirs = Session.objects.filter(user=user, key_hash=key_hash, ended_at=None)
        # What was in it goes at once; that it was stays a day, so that a form posted from it finds its author.
        ended = theirs.update(ended_at=now(), sealed=b"")
        if ended:
            record(actor=actor, verb=Verb.SIGN_OUT, material="device", subject_id=actor.person_id)
    return bool(ended)


def end_all_sessions(*, actor: Actor, user: User, but: str = "") -> int:
    """End every session of this user, except the one with the key hash ``but``. Returns how many were ended.

    The epoch is raised as well, so that a session this database does not know of ends too.
    """
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
        user.refresh_from_db(fields=["session_epoch"])
        others = Session.objects.filter(user=user, ended_at=None).exclude(key_hash=but)
        ended = others.update(ended_at=now(), sealed=b"")
        record(
            actor=actor,
            verb=Verb.SIGN_OUT,
            material="device",
            subject_id=actor.person_id,
            count=max(1, ended),
        )
    return ended


def rebind(request: HttpRequest, user: User) -> None:
    """Let the session at hand live on after the epoch was raised or the password changed, under a new key."""
    from django.contrib.auth import update_session_auth_hash

    update_session_auth_hash(request, user)
