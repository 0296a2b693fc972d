"""Everybody in a case with what came in of theirs, for those who treat them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from homeport.assessments.models import ChildIntake, FilledIn, IntakeForm
from homeport.cases.models import ConsentSignature, Participant
from homeport.cases.policies import speaks_for_oneself
from homeport.cases.selectors import Together
from homeport.cases.texts import OwnTexts
from homeport.content.intake import OWN, intake
from homeport.people.models import Person
from homeport.safety.models import FirstMeeting, ViolenceScreen
from homeport.web.beginnings.presenters import Text, texts_for


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs for one part: the person, or a guardian who has signed something."""

    name: str
    is_own: bool
    texts: list[Text]

    @property
    def missing(self) -> list[Text]:
        """The texts without which the work does not begin, that hold no yes of theirs."""
        return [each for each in self.texts if each.is_open]


@dataclass(frozen=True, slots=True)
class Report:
    """What one guardian reported of a child, and the titles of what they did not fill in."""

    name: str
    form: ChildIntake
    missing: list[str]


@dataclass(frozen=True, slots=True)
class InIt:
    """One part in the case with everything that came in for it, and the titles of what has not.

    ``is_asked``: they fill in a form themselves; for a younger child a guardian does.
    """

    part: Participant
    name: str
    signers: list[Signer]
    form: IntakeForm | None
    missing: list[str]
    reports: list[Report]
    is_asked: bool
    screens: list[ViolenceScreen]
    meeting: FirstMeeting | None


def people_in(
    together: Together,
    given: Iterable[ConsentSignature],
    own: OwnTexts,
    forms: Mapping[UUID, IntakeForm],
    reports: Iterable[Report],
    screens: Iterable[ViolenceScreen],
    meetings: Iterable[FirstMeeting],
) -> list[InIt]:
    """Everybody who takes part, in the order in which they came."""
    held, asked, told = list(given), list(screens), list(reports)
    # The latest one first: it is the one that counts.
    alone: dict[UUID | None, FirstMeeting] = {}
    for meeting in meetings:
        alone.setdefault(meeting.subject_id, meeting)
    return [
        InIt(
            part=part,
            name=together.name_of(part.person_id),
            signers=_signers(part, together, [each for each in held if each.participant_id == part.pk], own),
            form=forms.get(part.person_id),
            missing=_missing(forms.get(part.person_id)),
            reports=[each for each in told if each.form.subject_id == part.person_id],
            is_asked=speaks_for_oneself(part),
            screens=[each for each in asked if each.author_id == part.person_id],
            meeting=alone.get(part.person_id),
        )
        for part in together.participants
    ]


def _signers(
    part: Participant, together: Together, given: list[ConsentSignature], texts: OwnTexts
) -> list[Signer]:
    part.case = together.case
    others: dict[UUID, Person] = {
        each.given_by_id: each.given_by for each in reversed(given) if each.given_by_id != part.person_id
    }
    own = part.person.user_id is not None or any(each.given_by_id == part.person_id for each in given)
    found = [Signer(part.person.shown_name, True, texts_for(part, part.person, given, texts))] if own else []
    return found + [
        Signer(each.shown_name, False, texts_for(part, each, given, texts)) for each in others.values()
    ]


def reported(forms: Iterable[ChildIntake]) -> list[Report]:
    """What guardians reported, with their names. One query."""
    held = list(forms)
    people = Person.objects.in_bulk({each.author_id for each in held}) if held else {}
    return [
        Report(people[each.author_id].shown_name if each.author_id in people else "", each, _missing(each))
        for each in held
    ]


def _missing(form: FilledIn | None) -> list[str]:
    saved = form.section_versions if form is not None else {}
    asked = intake(form=form.questions if form is not None else OWN)
    return [_(each.title) for each in asked.sections if each.id not in saved]
