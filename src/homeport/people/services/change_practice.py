"""Change the practice's settings and its words."""

from typing import Any

from django.db import transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.errors import HomeportError
from homeport.core.versions import save_if_unchanged
from homeport.people.models import Practice
from homeport.people.policies import check_practice
from homeport.people.words import check_words

CHANGEABLE = frozenset(
    {"name", "jurisdiction", "zone", "languages", "crisis_region", "retention_years", "retention_years_minor", "words",
     "neutral_sender", "uses_outcomes"}
)  # fmt: skip


@transaction.atomic
def change_practice(*, actor: Actor, version: int, changes: dict[str, Any]) -> Practice:
    """Apply ``changes`` to the practice as it was at ``version``.

    Raises ``Changed`` when somebody else was faster, ``Unfit`` when a value does not make sense.
    """
    practice = Practice.objects.get()
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise HomeportError(f"The practice has no setting called {min(unknown)!r}.")
    for name, value in changes.items():
        setattr(practice, name, value.strip() if isinstance(value, str) else value)
    check_words(practice.words)
    check_practice(practice)
    save_if_unchanged(practice, version)
    record(actor=actor, verb=Verb.SETTING, material="practice", row_id=practice.pk)
    return practice
