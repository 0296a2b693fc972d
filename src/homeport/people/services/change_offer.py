"""Change what a therapist offers."""

from typing import Any

from django.db import transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.errors import HomeportError
from homeport.core.versions import save_if_unchanged
from homeport.people.models import Therapist
from homeport.people.policies import check_offer

CHANGEABLE = frozenset(
    {
        "languages",
        "populations",
        "approaches",
        "formats",
        "fees",
        "currency",
        "sliding_scale",
        "taking_clients",
    }
)


@transaction.atomic
def change_offer(*, actor: Actor, therapist: Therapist, version: int, changes: dict[str, Any]) -> Therapist:
    """Apply ``changes`` to the offer as it was at ``version``. Raises ``Changed``, or ``Unfit`` for an unknown code."""
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise HomeportError(f"An offer has nothing called {min(unknown)!r}.")
    for name, value in changes.items():
        setattr(therapist, name, value)
    check_offer(therapist)
    save_if_unchanged(therapist, version)
    record(
        actor=actor, verb=Verb.CHANGE, material="offer", row_id=therapist.pk, subject_id=therapist.person_id
    )
    return therapist
