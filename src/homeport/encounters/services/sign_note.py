"""Sign a note."""

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
def sign_note(*, actor: Actor, note: SessionNote, version: int) -> None:
    """Sign the draft as it read at ``version``: from now on it is never changed.

    Raises ``Hidden`` for anybody but who wrote it, ``SignedAlready``, or ``Changed`` when it was changed since.
    """
    if actor.person_id != note.author_id:
        raise Hidden
    check_draft(note)
    note.signed_at = note.changed_at = now()
    save_if_unchanged(note, version)
    record(
        actor=actor, verb=Verb.SIGN, material=note.material, row_id=note.pk, case_id=note.case_id,
        subject_id=note.subject_id,
    )  # fmt: skip
