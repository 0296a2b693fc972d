"""What a day at work is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from homeport.assessments.models import ChildIntake, FilledIn, IntakeForm, OwnAdministration
from homeport.cases.models import Case, ConsentSignature
from homeport.cases.selectors import Together
from homeport.cases.texts import OwnTexts
from homeport.content.instruments import load_key
from homeport.scheduling.models import Appointment
from homeport.web.beginnings.presenters import texts_for

TONES = {
    Case.Kind.COUPLE: "plum", Case.Kind.FAMILY: "sun", Case.Kind.PARENT_CHILD: "sea", Case.Kind.GROUP: "sky",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hour:
    """One appointment of the day. ``waits``: what is still missing from whoever comes, in plain words."""

    appointment: Appointment
    names: str
    kind: str
    tone: str
    waits: list[str]
    is_past: bool


@dataclass(frozen=True, slots=True)
class CameIn:
    """Something that came in and that nobody has looked at yet."""

    name: str
    what: str
    at: datetime
    case_id: UUID
    address: str = ""


def hours_of(
    appointments: Iterable[Appointment],
    cases: Mapping[UUID, Together],
    given: Iterable[ConsentSignature],
    own: OwnTexts,
    forms: Iterable[IntakeForm],
    moment: datetime,
) -> list[Hour]:
    """The appointments in the order of the day."""
    signed, intakes = list(given), {(form.case_id, form.author_id): form for form in forms}
    found = []
    for one in sorted(appointments, key=lambda each: (each.begins_at, str(each.pk))):
        together = cases.get(one.case_id) if one.case_id else None
        found.append(
            Hour(
                appointment=one,
                names=_names(one, together),
                kind=str(together.case.get_kind_display()) if together else one.get_kind_display(),
                tone=TONES.get(Case.Kind(together.case.kind), "moss") if together else "plain",
                waits=_waits(one, together, signed, own, intakes) if together else [],
                is_past=one.ends_at <= moment,
            )
        )
    return found


def _names(one: Appointment, together: Together | None) -> str:
    if together is None:
        return _("Somebody who is not in a case yet")
    if one.subject_id is not None:
        return together.name_of(one.subject_id) or _("Somebody who has left")
    return _(" and ").join(filter(None, (together.name_of(each.person_id) for each in together.participants)))


def _waits(
    one: Appointment,
    together: Together,
    given: list[ConsentSignature],
    own: OwnTexts,
    intakes: Mapping[tuple[UUID | None, UUID], IntakeForm],
) -> list[str]:
    """Of whoever comes: texts that are not signed, an intake that is not read, or has not come in."""
    unsigned, unread, missing = 0, 0, 0
    for part in together.participants:
        if one.subject_id not in (None, part.person_id) or part.role == part.Role.CHILD:
            continue
        part.case = together.case
        unsigned += sum(text.is_open for text in texts_for(part, part.person, given, own))
        form = intakes.get((part.case_id, part.person_id))
        unread += form is not None and form.is_news
        missing += form is None
    said = [_("Intake not read yet")] if unread else []
    if unsigned:
        said.append(ngettext("%d text not signed", "%d texts not signed", unsigned) % unsigned)
    return [*said, _("No intake yet")] if missing else said


def came_in(
    forms: Iterable[FilledIn], filled: Iterable[OwnAdministration], cases: Mapping[UUID, Together]
) -> list[CameIn]:
    """Intakes that nobody has read, and measures of the last days, the latest first."""
    found = []
    for form in forms:
        together = cases.get(form.case_id) if form.case_id else None
        if form.is_news and form.filled_at and together:
            by_guardian = isinstance(form, ChildIntake)
            address = reverse("child-intake" if by_guardian else "intake", args=[form.pk])
            what = _("A guardian’s report") if by_guardian else _("Intake")
            found.append(
                CameIn(together.name_of(form.subject_id), what, form.filled_at, together.case.pk, address)
            )
    for each in filled:
        together = cases.get(each.case_id) if each.case_id else None
        if each.finished_at and together:
            key = load_key(each.instrument, each.key_version)
            what = key.abbreviation or key.title
            found.append(CameIn(together.name_of(each.author_id), what, each.finished_at, together.case.pk))
    return sorted(found, key=lambda each: (each.at, each.name), reverse=True)


def summary_of(hours: list[Hour], to_sign: int, *, first: bool) -> str:
    """The day in one sentence."""
    left = [each for each in hours if not each.is_past]
    said = [
        ngettext("%d session to come", "%d sessions to come", len(left)) % len(left)
        if left
        else _("no session to come")
    ]
    if to_sign:
        said.append(ngettext("%d note to sign", "%d notes to sign", to_sign) % to_sign)
    if first:
        said.append(_("something to look at first"))
    text = ", ".join(said)
    return f"{text[0].upper()}{text[1:]}."


@dataclass(frozen=True, slots=True)
class Ends:
    """A licence that ends soon, or has."""

    place: str
    on: date
    is_over: bool
