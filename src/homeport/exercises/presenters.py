"""How a journal entry is shown."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from homeport.core.keys import KeyGone
from homeport.exercises.models import JournalEntry

SHORT = 90


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry. ``is_shared``: its care team sees it now."""

    id: UUID
    words: str
    written_at: datetime
    changed_at: datetime
    is_shared: bool
    may_be_shared: bool

    @property
    def opening(self) -> str:
        """The first line, cut where it is long."""
        line = next((line.strip() for line in self.words.splitlines() if line.strip()), "")
        return line if len(line) <= SHORT else line[: SHORT - 1].rstrip() + "…"

    @property
    def was_changed(self) -> bool:
        """Whether it was changed after it was written."""
        return self.changed_at > self.written_at


def shown(entry: JournalEntry) -> Shown | None:
    """The entry as the gate gave it; None where its words were erased."""
    try:
        words = entry.words
    except KeyGone:
        return None
    return Shown(
        id=entry.pk,
        words=words,
        written_at=entry.created_at,
        changed_at=entry.changed_at,
        is_shared=bool(getattr(entry, "is_shared", False)),
        may_be_shared=entry.case_id is not None,
    )
