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

CHANGEABLE = frozenset(
    {"name", "jurisdiction", "zone", "languages", "crisis_region", "retention_years", "retention_years_minor", "words",
     "neutral_sender"}
)  # fmt: skip
# Our own word, and what it may be called instead.
RENAMABLE = frozenset({"client", "session", "plan"})


@transaction.atomic
def change_practice(*, actor: Actor, version: int, changes: dict[str, Any]) -> Practice:
    """Apply ``changes`` to the practice as it was at ``version``.

    Raises ``Changed`` when somebody else was faster, ``HomeportError`` when a value does not make sense.
    """
    practice = Practice.objects.get()
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise HomeportError(f"The practice has no setting called {min(unknown)!r}.")
    for name, value in changes.items():
        setattr(practice, name, value)
    if set(practice.words) - RENAMABLE or any(not str(word).strip() for word in practice.words.values()):
        raise HomeportError(
            "Only the words for client, session and plan can be renamed, each to a word of your own."
        )
    check_practice(practice)
    save_if_unchanged(practice, version)
    record(actor=actor, verb=Verb.SETTING, material="practice", row_id=practice.pk)
    return practice
