"""Keep the result that a visitor has on the screen while they sign up.

It waits in the session (see ``waiting``). Another browser has no way to it, and neither has whoever runs the machine. It is
stored when a person is there whose it is.
"""

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from homeport.accounts.bearer import Bearer
from homeport.accounts.models import KeptResult
from homeport.accounts.origin import digest_of
from homeport.accounts.waiting import RESULT, is_mine, let_go, put, waiting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.errors import HomeportError

LONGEST = 8_000


def hold_result(request: HttpRequest, *, visit: str, key: str) -> None:
    """Let the visit wait in this browser's session. ``key`` tells the same visit from another.

    Raises ``HomeportError`` for one that is longer than any of ours.
    """
    if len(visit) > LONGEST:
        raise HomeportError("This result is larger than any of ours.")
    put(request, RESULT, visit=visit, key=key)


def is_held(request: HttpRequest) -> bool:
    """Whether a result waits in this browser's session for whoever is signed in."""
    return is_mine(request) and waiting(request, RESULT) is not None


def keep_held_result(request: HttpRequest, bearer: Bearer | None) -> bool:
    """Store what waits, if a person is there whose it is. Returns whether something was stored now."""
    if bearer is None or not is_mine(request):
        return False
    held = waiting(request, RESULT)
    let_go(request, RESULT)
    if held is None:
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
