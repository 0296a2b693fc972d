"""Change a draft."""

from homeport.access.gate import Hidden
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.versions import save_if_unchanged
from homeport.encounters.models import SessionNote
from homeport.encounters.policies import check_draft


@acting
def change_note(*, actor: Actor, note: SessionNote, words: str, version: int) -> None:
    """Put ``words`` in the place of what the draft said at ``version``.

    Raises ``Hidden`` for anybody but who wrote it, ``SignedAlready``, or ``Changed`` when it was changed since.
    """
    if actor.person_id != note.author_id:
        raise Hidden
    check_draft(note)
    note.words = words
    note.changed_at = now()
    save_if_unchanged(note, version)
    record(
        actor=actor, verb=Verb.CHANGE, material=note.material, row_id=note.pk, case_id=note.case_id,
        subject_id=note.subject_id,
    )  # fmt: skip
