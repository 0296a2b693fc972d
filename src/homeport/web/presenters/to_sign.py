"""Notes that wait for their author's signature: each line says what it is and with whom the session was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from homeport.cases.selectors import Together, names_of
from homeport.encounters.models import SessionNote


@dataclass(frozen=True, slots=True)
class ToSign:
    """One draft. ``names``: whom it is about, everybody where they met together."""

    id: UUID
    names: str
    what: str
    at: datetime


def to_sign(notes: Sequence[SessionNote], cases: Mapping[UUID, Together]) -> list[ToSign]:
    """Drafts of the reader, who treats these cases. One query where a note is about somebody who takes part no more."""
    left = {note.subject_id for note in notes if note.subject_id and not _called(note, cases)}
    gone = names_of(left) if left else {}
    return [
        ToSign(
            id=note.pk,
            names=_called(note, cases) or gone.get(note.subject_id or note.pk) or _("Somebody who has left"),
            what=_("Session note") if note.subject_id else _("Note of a joint session"),
            at=note.created_at,
        )
        for note in notes
    ]


def _called(note: SessionNote, cases: Mapping[UUID, Together]) -> str:
    together = cases.get(note.case_id) if note.case_id else None
    if together is None:
        return ""
    if note.subject_id:
        return together.name_of(note.subject_id)
    return ", ".join(each.person.shown_name for each in together.participants)
