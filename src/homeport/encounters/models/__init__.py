"""The tables of this room."""

from homeport.encounters.models.note_addition import NoteAddition
from homeport.encounters.models.session_note import SessionNote

__all__ = ["NoteAddition", "SessionNote"]
