"""The children that somebody stands for, each with what one is shown of their care."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from homeport.cases.models import ConsentSignature, Participant
from homeport.encounters.models import SessionNote
from homeport.people.models import Person
from homeport.scheduling.models import Appointment
from homeport.web.beginnings.presenters import Text, texts_for


@dataclass(frozen=True, slots=True)
class Released:
    """Something of the child's that was opened to one."""

    id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Child:
    """One child in one case. ``sees_times``: the law of the place shows one when they are seen."""

    part: Participant
    to_sign: list[Text]
    sees_times: bool
    appointments: list[Appointment]
    released: list[Released]


def children_of(
    parts: Iterable[Participant],
    signer: Person,
    given: Iterable[ConsentSignature],
    with_times: frozenset[tuple[UUID, UUID]],
    appointments: Iterable[Appointment],
    notes: Iterable[SessionNote],
) -> list[Child]:
    """Each of them, by name. ``with_times``: (case, child) where the law gives appointments."""
    held, times, opened = list(given), list(appointments), list(notes)
    return [
        Child(
            part=part,
            to_sign=[each for each in texts_for(part, signer, held) if each.is_open],
            sees_times=(part.case_id, part.person_id) in with_times,
            appointments=[
                one for one in times if (one.case_id, one.subject_id) == (part.case_id, part.person_id)
            ],
            released=[
                Released(note.pk, note.created_at)
                for note in opened
                if (note.case_id, note.subject_id) == (part.case_id, part.person_id)
            ],
        )
        for part in parts
    ]
