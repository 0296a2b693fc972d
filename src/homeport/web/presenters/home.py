"""The parts of the home page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from homeport.cases.selectors import Agreed, Together
from homeport.encounters.models import SessionNote


@dataclass(frozen=True, slots=True)
class Care:
    """One case that one takes part in. ``to_sign``: the agreement waits for one's signature."""

    case_id: UUID
    therapists: str
    others: str
    has_agreement: bool
    to_sign: bool


@dataclass(frozen=True, slots=True)
class ReleasedNote:
    """A note that was opened to one."""

    id: UUID
    by: str
    written_at: datetime
    is_joint: bool


def care_of(cases: Iterable[Together], agreements: dict[UUID, Agreed], me: UUID) -> list[Care]:
    """The cases that ``me`` takes part in."""
    found = []
    for each in cases:
        agreed = agreements.get(each.case.pk)
        found.append(
            Care(
                case_id=each.case.pk,
                therapists=", ".join(member.person.shown_name for member in each.care_team),
                others=", ".join(
                    filter(
                        None,
                        (each.name_among_peers(p.person_id) for p in each.participants if p.person_id != me),
                    )
                ),
                has_agreement=agreed is not None,
                to_sign=agreed is not None and me not in agreed.signed,
            )
        )
    return found


def notes_for(notes: Iterable[SessionNote], cases: Iterable[Together]) -> list[ReleasedNote]:
    """The notes that were opened to somebody, with who wrote them."""
    by_case = {each.case.pk: each for each in cases}
    return [
        ReleasedNote(
            note.pk, by_case[note.case_id].name_of(note.author_id), note.created_at, note.subject_id is None
        )
        for note in notes
        if note.case_id in by_case
    ]
