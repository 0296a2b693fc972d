"""How a note and its additions are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from homeport.cases.models import Case
from homeport.cases.selectors import Together
from homeport.core.keys import KeyGone
from homeport.encounters.forms import JOINT
from homeport.encounters.models import NoteAddition, SessionNote

SHORT = 110


@dataclass(frozen=True, slots=True)
class Piece:
    """A note, or one addition to it. ``words`` is None where their key is not here."""

    id: UUID
    words: str | None
    author: str
    written_at: datetime

    @property
    def opening(self) -> str:
        """The first line, cut where it is long."""
        line = next((line.strip() for line in (self.words or "").splitlines() if line.strip()), "")
        return line if len(line) <= SHORT else line[: SHORT - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody the note may be opened to. ``sees``: "" (nothing), "all", or "part": something was added since."""

    id: UUID
    name: str
    sees: str


def piece(row: SessionNote | NoteAddition, together: Together) -> Piece:
    """One row as the gate gave it."""
    try:
        words: str | None = row.words
    except KeyGone:
        words = None
    return Piece(row.pk, words, together.name_of(row.author_id), row.created_at)


def recipients(
    note: SessionNote,
    additions: Iterable[NoteAddition],
    together: Together,
    released: dict[UUID, list[UUID | None]],
) -> list[Recipient]:
    """The participants that this note may be opened to, and how much each sees now."""
    pieces = [note.pk, *(added.pk for added in additions)]
    found = []
    for participant in together.participants:
        person = participant.person_id
        if note.subject_id not in (None, person):
            continue
        seen = [person in released.get(each, []) for each in pieces]
        sees = "all" if all(seen) else "part" if seen[0] else ""
        found.append(Recipient(person, together.name_of(person), sees))
    return found


def subjects(together: Together, joint: str) -> list[tuple[str, str]]:
    """Whom a note of this case may be about: (value, label)."""
    people = [(str(each.person_id), together.name_of(each.person_id)) for each in together.participants]
    return people if together.case.kind == Case.Kind.INDIVIDUAL else [(JOINT, joint), *people]
