"""What state a note must be in for what. Who may do it, the room `access` says."""

from uuid import UUID

from django.utils.translation import gettext as _

from homeport.core.errors import HomeportError
from homeport.encounters.models import SessionNote


class SignedAlready(HomeportError):
    """A signed note is never changed."""

    def __init__(self) -> None:
        super().__init__(_("This note was signed, and stays as it is. You can add to it below."))


class NotSigned(HomeportError):
    """Only what was signed can be added to or released."""

    def __init__(self) -> None:
        super().__init__(_("This note is a draft. Sign it first."))


def may_be_changed(note: SessionNote, person_id: UUID | None) -> bool:
    """A draft, by who wrote it."""
    return note.signed_at is None and note.author_id == person_id


def check_draft(note: SessionNote) -> None:
    """Raise ``SignedAlready`` unless it is a draft."""
    if note.signed_at is not None:
        raise SignedAlready


def check_signed(note: SessionNote) -> None:
    """Raise ``NotSigned`` unless it was signed."""
    if note.signed_at is None:
        raise NotSigned
