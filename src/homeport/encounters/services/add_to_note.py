"""Add to a signed note."""

from homeport.access.gate import Hidden
from homeport.access.on_cases import CaseAct, may_with_case
from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import Case
from homeport.core.actor import Actor
from homeport.core.clock import SENT_TWICE, now
from homeport.encounters.models import NoteAddition, SessionNote
from homeport.encounters.policies import check_signed


@acting
def add_to_note(*, actor: Actor, note: SessionNote, words: str) -> NoteAddition:
    """Write something under the note, once however often the form is sent. Whoever the note was released to does not see
    it before it is released too.

    Raises ``Hidden`` for anybody but the care team, ``NotSigned`` for a draft.
    """
    if actor.person_id is None or note.case_id is None:
        raise Hidden
    if not may_with_case(standing_of(actor), CaseAct.WRITE_NOTES, note.case_id):
        raise Hidden
    check_signed(note)
    # The button was pressed twice: what stands under a note can never be taken away again.
    Case.objects.select_for_update().get(pk=note.case_id)
    lately = NoteAddition.objects.filter(
        note=note, author_id=actor.person_id, created_at__gt=now() - SENT_TWICE
    )
    if there := next((each for each in lately if each.words == words), None):
        return there
    added = NoteAddition(
        note=note, author_id=actor.person_id, subject_id=note.subject_id, case_id=note.case_id, words=words
    )
    added.save(force_insert=True)
    record(
        actor=actor, verb=Verb.CREATE, material=added.material, row_id=added.pk, case_id=note.case_id,
        subject_id=note.subject_id,
    )  # fmt: skip
    return added
