"""The children that somebody stands for, each with what one is shown of their care."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from homeport.assessments.models import ChildIntake
from homeport.cases.models import ConsentSignature, Participant
from homeport.cases.policies import speaks_for_oneself
from homeport.cases.texts import OwnTexts
from homeport.encounters.models import SessionNote
from homeport.people.models import Person
from homeport.scheduling.models import Appointment
from homeport.web.beginnings.presenters import Text, texts_for
from homeport.web.beginnings.steps import Step, questions_of_child


@dataclass(frozen=True, slots=True)
class Released:
    """Something of the child's that was opened to one."""

    id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Child:
    """One child in one case. ``sees_times``: the law of the place shows one when they are seen.

    ``to_fill``: the pages about a child too young to be asked that one has not filled in; ``is_begun``: some of them are.
    """

    part: Participant
    to_sign: list[Text]
    to_fill: list[Step]
    is_begun: bool
    sees_times: bool
    appointments: list[Appointment]
    released: list[Released]


def children_of(
    parts: Iterable[Participant],
    signer: Person,
    given: Iterable[ConsentSignature],
    own: OwnTexts,
    with_times: frozenset[tuple[UUID, UUID]],
    appointments: Iterable[Appointment],
    notes: Iterable[SessionNote],
    reports: Iterable[ChildIntake],
) -> list[Child]:
    """Each of them, by name. ``with_times``: (case, child) where the law gives appointments."""
    held, times, opened = list(given), list(appointments), list(notes)
    told = {(each.case_id, each.subject_id): each for each in reports}
    return [
        Child(
            part=part,
            to_sign=[each for each in texts_for(part, signer, held, own) if each.is_open],
            to_fill=_to_fill(part, told.get((part.case_id, part.person_id))),
            is_begun=(part.case_id, part.person_id) in told,
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


def _to_fill(part: Participant, report: ChildIntake | None) -> list[Step]:
    if speaks_for_oneself(part):
        return []
    return [each for each in questions_of_child(part.pk, report) if not each.done]
