"""What waits for somebody at home: the one next thing, and everything that is open."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from homeport.assessments.models import Assignment, IntakeForm
from homeport.cases.models import Case, ConsentSignature, Participant
from homeport.cases.selectors import Agreed
from homeport.cases.texts import OwnTexts
from homeport.directory.fit import Due
from homeport.people.models import EmergencyContact
from homeport.web.beginnings.reaching import Mine
from homeport.web.beginnings.steps import steps_for
from homeport.web.presenters.home import Care


@dataclass(frozen=True, slots=True)
class Waits:
    """One thing to do. ``count``: how many of its kind are left."""

    title: str
    address: str
    act: str


def waiting_for(
    parts: Iterable[Participant],
    given: Iterable[ConsentSignature],
    own: OwnTexts,
    agreements: Mapping[UUID, Agreed],
    forms: Iterable[IntakeForm],
    contact: EmergencyContact | None,
    measures: Iterable[Assignment],
    reviews: Iterable[Due],
) -> list[Waits]:
    """Everything that waits, in the order in which to do it: what is to be signed, then asked, then measured."""
    signed, intakes = list(given), {form.case_id: form for form in forms}
    to_sign, to_agree, to_fill = [], [], []
    for part in parts:
        before = reverse("before", args=[part.pk])
        mine, form = Mine(part, part.person, is_own=True), intakes.get(part.case_id)
        steps = steps_for(mine, signed, own, form, contact)
        unsigned = sum(each.is_open for each in steps.texts)
        if unsigned:
            title = ngettext("%d text to read and sign", "%d texts to read and sign", unsigned) % unsigned
            to_sign.append(Waits(title, before, _("Read and sign")))
        agreed = agreements.get(part.case_id)
        if agreed is not None and part.person_id not in agreed.signed:
            where = reverse("agreement", args=[part.case_id])
            to_agree.append(Waits(_("What you agree about private things"), where, _("Read and sign")))
        left = [each for each in steps.questions if not each.done]
        if left:
            begun = len(left) < len(steps.questions)
            title = _("Go on with the form") if begun else _("A form before your first meeting")
            to_fill.append(
                Waits(title, left[0].address if begun else before, _("Go on") if begun else _("Begin"))
            )
    return [*to_sign, *to_agree, *to_fill, *_measured(measures), *_reviewed(reviews)]


def times_to_choose(
    parts: Iterable[Participant], care: Iterable[Care], booked: Collection[UUID | None]
) -> list[Waits]:
    """The open cases of ``care`` in which no time is set, for those who book for themselves. ``booked``: the others."""
    books = {
        part.case_id
        for part in parts
        if part.case.status == Case.Status.OPEN and part.role != Participant.Role.CHILD
    }
    return [
        Waits(
            _("A time with %(names)s") % {"names": each.therapists},
            reverse("appointment-times", args=[each.case_id]),
            _("See free times"),
        )
        for each in care
        if each.therapists and each.case_id in books and each.case_id not in booked
    ]


def _measured(measures: Iterable[Assignment]) -> list[Waits]:
    due = len(list(measures))
    if not due:
        return []
    title = ngettext("%d set of questions about how you are", "%d sets of questions about how you are", due)
    return [Waits(title % due, reverse("asked"), _("Answer"))]


def _reviewed(reviews: Iterable[Due]) -> list[Waits]:
    return [
        Waits(
            _("Is this the right therapist for you?"), reverse("fit", args=[each.case_id]), _("Say how it is")
        )
        for each in reviews
    ]
