"""What waits for somebody before the first session: in one order, with the next thing to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from homeport.assessments.models import ChildIntake, IntakeForm
from homeport.cases.models import ConsentSignature
from homeport.cases.policies import speaks_for_oneself
from homeport.cases.texts import OwnTexts
from homeport.content.intake import CHILD, intake
from homeport.people.models import EmergencyContact
from homeport.web.beginnings.presenters import Text, texts_for
from homeport.web.beginnings.reaching import Mine

# Sections of the intake that live elsewhere: whom to call, and where one is.
CALL, PLACE = "call", "place"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. ``needed``: the work does not begin without it."""

    name: str
    title: str
    address: str
    done: bool
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Steps:
    """Everything that waits for one part in one case."""

    texts: list[Text]
    questions: list[Step]

    @property
    def done(self) -> int:
        """How many are done, of those that are asked of everybody alike."""
        return sum(not each.is_open for each in self._needed) + sum(each.done for each in self.questions)

    @property
    def of(self) -> int:
        """How many there are."""
        return len(self._needed) + len(self.questions)

    @property
    def _needed(self) -> list[Text]:
        return [each for each in self.texts if each.asked.needed]

    def next(self, part_id: UUID) -> Step | None:
        """The first thing that is not done: texts, then questions; None when all is."""
        for each in self.texts:
            if each.is_open:
                where = reverse("consent-text", args=[part_id, each.asked.kind])
                return Step(each.asked.kind, each.text.title, where, done=False, needed=True)
        return next((each for each in self.questions if not each.done), None)


def steps_for(
    held: Mine,
    given: Iterable[ConsentSignature],
    own: OwnTexts,
    form: IntakeForm | None,
    contact: EmergencyContact | None,
    report: ChildIntake | None = None,
) -> Steps:
    """What is asked of whoever reached this part: all for oneself; for a child the texts, and a report of a young one."""
    texts = texts_for(held.part, held.me, given, own)
    if held.is_own:
        return Steps(texts, questions_for(held.part.pk, form, contact))
    return Steps(texts, [] if speaks_for_oneself(held.part) else questions_of_child(held.part.pk, report))


def questions_of_child(part_id: UUID, report: ChildIntake | None) -> list[Step]:
    """The sections that a guardian fills in about a child, in their order."""
    saved = set(report.section_versions) if report is not None else set()
    return [
        Step(each.id, each.title, reverse("child-section", args=[part_id, each.id]), done=each.id in saved)
        for each in intake(form=CHILD).sections
    ]


def questions_for(part_id: UUID, form: IntakeForm | None, contact: EmergencyContact | None) -> list[Step]:
    """The sections of the intake, in their order. Done is what was saved, if only with nothing in it."""
    saved = set(form.section_versions) if form is not None else set()
    if contact is not None and contact.contact_name:
        saved.add(CALL)
    if contact is not None and contact.location:
        saved.add(PLACE)
    return [
        Step(each.id, each.title, _address(part_id, each.id), done=each.id in saved)
        for each in intake().sections
    ]


def _address(part_id: UUID, section: str) -> str:
    return reverse("intake-section", args=[part_id, section])
