"""The parts of the home page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from homeport.cases.models import Case, Participant
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
    # One's own part in it: where what comes before the first session is found again. None in a case that is closed.
    part_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReleasedNote:
    """A note that was opened to one."""

    id: UUID
    by: str
    written_at: datetime
    is_joint: bool


def care_of(
    cases: Iterable[Together], agreements: dict[UUID, Agreed], me: UUID, parts: Mapping[UUID, UUID]
) -> list[Care]:
    """The cases that ``me`` takes part in. ``parts``: one's own part in each that is not closed, by case."""
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
                part_id=parts.get(each.case.pk),
            )
        )
    return found


def own_parts(cases: Iterable[Together], me: UUID) -> list[Participant]:
    """What ``me`` is in each case that is not closed, with the case at hand."""
    found = []
    for each in cases:
        for part in each.participants:
            if part.person_id == me and each.case.status != Case.Status.CLOSED:
                part.case = each.case
                found.append(part)
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
