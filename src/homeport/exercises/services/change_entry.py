"""Change what one wrote in one's journal."""

from homeport.access.gate import Hidden
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.versions import save_if_unchanged
from homeport.exercises.models import JournalEntry


@acting
def change_entry(*, actor: Actor, entry: JournalEntry, words: str, version: int) -> None:
    """Put ``words`` in the place of what the entry said at ``version``.

    Raises ``Changed`` when it was changed since (on one's other device), ``Hidden`` for anybody but its author.
    """
    if actor.person_id != entry.author_id:
        raise Hidden
    entry.words = words
    entry.changed_at = now()
    save_if_unchanged(entry, version)
    record(
        actor=actor, verb=Verb.CHANGE, material=entry.material, row_id=entry.pk, case_id=entry.case_id,
        subject_id=entry.author_id,
    )  # fmt: skip
