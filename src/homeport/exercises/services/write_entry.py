"""Write in one's journal."""

from uuid import UUID

from homeport.access.gate import Hidden
from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.exercises.models import JournalEntry


@acting
def write_entry(*, actor: Actor, words: str, case_id: UUID | None) -> JournalEntry:
    """A new entry, its author's alone.

    ``case_id``: the case whose therapist it could be shared with later; None for one that stays outside any. Raises
    ``Hidden`` for a case the author takes no part in.
    """
    if actor.person_id is None or (case_id and case_id not in standing_of(actor).participates_in):
        raise Hidden
    me, moment = actor.person_id, now()
    entry = JournalEntry(
        author_id=me, subject_id=me, case_id=case_id, words=words, created_at=moment, changed_at=moment
    )
    entry.save(force_insert=True)
    record(
        actor=actor, verb=Verb.CREATE, material=entry.material, row_id=entry.pk, case_id=case_id,
        subject_id=me,
    )  # fmt: skip
    return entry
