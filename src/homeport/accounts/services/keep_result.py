"""Keep the result that a visitor has on the screen while they sign up.

It waits in the session: sealed under a key that this browser alone holds (see ``sessions``), for an hour. Another browser
has no way to it, and neither has whoever runs the machine. It is stored when a person is there whose it is.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from homeport.accounts.bearer import Bearer
from homeport.accounts.models import KeptResult
from homeport.accounts.origin import digest_of
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError

HELD = "held_result"
HELD_FOR = timedelta(hours=1)
LONGEST = 8_000


def hold_result(request: HttpRequest, *, visit: str, key: str) -> None:
    """Let the visit wait in this browser's session. ``key`` tells the same visit from another.

    Raises ``HomeportError`` for one that is longer than any of ours.
    """
    if len(visit) > LONGEST:
        raise HomeportError("This result is larger than any of ours.")
    request.session[HELD] = {"visit": visit, "key": key, "at": now().isoformat()}


def is_held(request: HttpRequest) -> bool:
    """Whether a result waits in this browser's session."""
    held = request.session.get(HELD)
    return isinstance(held, dict) and now() - datetime.fromisoformat(held["at"]) < HELD_FOR


def drop_held_result(request: HttpRequest) -> None:
    """Let go of it."""
    request.session.pop(HELD, None)


def keep_held_result(request: HttpRequest, bearer: Bearer | None) -> bool:
    """Store what waits, if a person is there whose it is. Returns whether something was stored now."""
    if bearer is None or HELD not in request.session:
        return False
    waits, held = is_held(request), request.session[HELD]
    drop_held_result(request)
    if not waits:
        return False
    actor = Actor("person", user_id=request.user.pk, person_id=bearer.person_id, via="keep-result")
    return keep_result(actor=actor, bearer=bearer, visit=held["visit"], key=held["key"])


def keep_result(*, actor: Actor, bearer: Bearer, visit: str, key: str) -> bool:
    """Store a visit, sealed to the person. Returns False where this person has kept the same one before."""
    person_id = bearer.person_id
    row = KeptResult(person_id=person_id, digest=digest_of("kept result", str(person_id), key), visit=visit)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            record(actor=actor, verb=Verb.CREATE, material="own_answers", row_id=row.pk, subject_id=person_id)
    except IntegrityError:
        return False
    return True
