"""Release a note to one participant, and take it back."""

from uuid import UUID

from homeport.access.services.release_row import release_row, withdraw_release
from homeport.access.wall import acting
from homeport.core.actor import Actor
from homeport.encounters.models import NoteAddition, SessionNote
from homeport.encounters.policies import check_signed


@acting
def release_note(*, actor: Actor, note: SessionNote, recipient_id: UUID) -> None:
    """Open the note to ``recipient_id``, with what was added to it so far. What is added later stays closed.

    Raises ``NotSigned`` for a draft, ``Hidden`` and ``ReleaseRefused`` as ``release_row`` does.
    """
    check_signed(note)
    release_row(actor=actor, model=SessionNote, row_id=note.pk, recipient_id=recipient_id)
    for added in NoteAddition.objects.filter(note=note).order_by("created_at", "pk"):
        release_row(actor=actor, model=NoteAddition, row_id=added.pk, recipient_id=recipient_id)


@acting
def withdraw_note(*, actor: Actor, note: SessionNote, recipient_id: UUID) -> None:
    """Close it and all that was added to it, from now on. What was seen was seen."""
    withdraw_release(actor=actor, model=SessionNote, row_id=note.pk, recipient_id=recipient_id)
    for added in NoteAddition.objects.filter(note=note).order_by("created_at", "pk"):
        withdraw_release(actor=actor, model=NoteAddition, row_id=added.pk, recipient_id=recipient_id)
