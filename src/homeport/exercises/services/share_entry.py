"""Share a journal entry with one's therapist, and take it back."""

from django.utils.translation import gettext as _

from homeport.access.services.release_row import release_row, withdraw_release
from homeport.access.wall import acting
from homeport.core.actor import Actor
from homeport.core.errors import HomeportError
from homeport.exercises.models import JournalEntry


@acting
def share_entry(*, actor: Actor, entry: JournalEntry) -> None:
    """Open it to the care team of its case. Raises ``HomeportError`` for an entry outside any case."""
    if entry.case_id is None:
        raise HomeportError(_("This entry belongs to no therapy here, so there is nobody to share it with."))
    release_row(actor=actor, model=JournalEntry, row_id=entry.pk, recipient_id=None)


@acting
def take_back_entry(*, actor: Actor, entry: JournalEntry) -> None:
    """Close it again, from now on."""
    withdraw_release(actor=actor, model=JournalEntry, row_id=entry.pk, recipient_id=None)
