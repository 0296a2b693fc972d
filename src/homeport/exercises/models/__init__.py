"""The tables of this room."""

from homeport.exercises.models.journal_entry import JournalEntry

__all__ = ["JournalEntry"]
