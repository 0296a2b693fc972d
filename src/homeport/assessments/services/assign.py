"""Ask somebody to answer an instrument, and take that back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from homeport.access.gate import Hidden
from homeport.access.on_cases import CaseAct, may_with_case
from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.assessments.ages import check_age
from homeport.assessments.models import Assignment, Kind
from homeport.assessments.wordings import sheet_for
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import Participant
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.versions import save_if_unchanged
from homeport.people.models import Person
from homeport.people.models.lasting import holds_at


@acting
def assign(  # noqa: PLR0913 - all that there is to say of an assignment, by name
    *,
    actor: Actor,
    case_id: UUID,
    person_id: UUID,
    instrument: str,
    kind: Kind = Kind.OWN,
    about_id: UUID | None = None,
    slot: str = "",
    occasion: str = "",
    place: int = 0,
    due_at: datetime | None = None,
) -> Assignment:
    """Put an instrument before ``person_id``, who takes part in the case; one that waits already is returned as it is.

    ``instrument``: an id or an alias ("phq-9"). ``about_id``: of a report, whom it is about. ``slot``: the relationship that
    it asks about. ``occasion``: why, as a plain code such as "intake"; ``place``: where it comes among what is due.

    The care team may ask anybody in the case; a person may put before themselves what the practice's own intake asks for
    (``kind`` own); the system may do both. Raises ``Hidden`` for anybody else, ``NoWording`` where there are no words for
    it, ``ContentError`` for an instrument or a relationship that is none, ``HomeportError`` for people who do not fit, and
    ``Unfit`` where it is not made for the age of whom it is about.
    """
    _check_actor(actor, case_id, person_id, kind)
    person = _person_in(case_id, person_id)
    about = _about(case_id, person, kind, about_id)
    sheet = sheet_for(instrument, person.language, slot=slot)
    check_age(sheet.key, about)
    asked = {
        "case_id": case_id, "author_id": person_id, "about_id": about.pk, "instrument": sheet.key.id, "slot": slot,
    }  # fmt: skip
    how = {
        "kind": kind, "key_version": sheet.key.version, "language": sheet.wording.language, "occasion": occasion,
        "place": place, "due_at": due_at,
    }  # fmt: skip
    return _once(actor, asked, how)


@acting
def withdraw_assignment(*, actor: Actor, assignment_id: UUID) -> None:
    """Take back what waits for an answer. What was answered of it already stays. Raises ``Hidden``, ``HomeportError``."""
    found = Assignment.objects.filter(pk=assignment_id).first()
    if found is None or found.case_id is None:
        raise Hidden
    if not may_with_case(standing_of(actor), CaseAct.ASK_MEASURES, found.case_id):
        raise Hidden
    if found.state == Assignment.State.WITHDRAWN:
        return
    if found.state != Assignment.State.DUE:
        raise HomeportError(_("This was answered already, so it cannot be taken back."))
    found.state, found.changed_at = Assignment.State.WITHDRAWN, now()
    save_if_unchanged(found, found.version)
    _recorded(actor, found, Verb.WITHDRAW)


def _check_actor(actor: Actor, case_id: UUID, person_id: UUID, kind: Kind) -> None:
    if actor.kind == "system":
        return
    own = actor.person_id == person_id and kind is Kind.OWN
    if not own and not may_with_case(standing_of(actor), CaseAct.ASK_MEASURES, case_id):
        raise Hidden


def _person_in(case_id: UUID, person_id: UUID) -> Person:
    parts = Participant.objects.filter(holds_at(now()), case_id=case_id, person_id=person_id)
    part = parts.select_related("person").first()
    if part is None:
        raise Hidden
    return part.person


def _about(case_id: UUID, person: Person, kind: Kind, about_id: UUID | None) -> Person:
    if kind is not Kind.REPORT:
        if about_id not in (None, person.pk):
            raise HomeportError(_("Only a report is about somebody else."))
        return person
    if about_id is None or about_id == person.pk:
        raise HomeportError(_("Say whom the report is about: somebody else in the case."))
    return _person_in(case_id, about_id)


def _once(actor: Actor, asked: dict[str, Any], how: dict[str, Any]) -> Assignment:
    """The assignment that waits already, else a new one. ``asked``: what makes it the same as another; ``how``: the rest."""
    waiting = Assignment.objects.filter(**asked, state=Assignment.State.DUE)
    if (standing := waiting.first()) is not None:
        return standing
    made = Assignment(**asked, **how, subject_id=asked["author_id"], assigned_by_id=actor.person_id)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        return waiting.get()  # asked twice at once
    _recorded(actor, made, Verb.CREATE)
    return made


def _recorded(actor: Actor, assignment: Assignment, verb: Verb) -> None:
    record(
        actor=actor, verb=verb, material=assignment.material, row_id=assignment.pk, case_id=assignment.case_id,
        subject_id=assignment.author_id,
    )  # fmt: skip
