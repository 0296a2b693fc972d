"""Keep one section of a person's own intake, and mark an intake as read."""

from typing import Any
from uuid import UUID

from homeport.access.gate import Hidden
from homeport.access.on_cases import CaseAct, may_with_case
from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.assessments.models.intake_form import FilledIn, IntakeForm
from homeport.assessments.services.assign_intake import assign_intake_measures
from homeport.assessments.services.keep_section import begun, keep_section
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import Participant
from homeport.content.intake import Intake
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.versions import save_if_unchanged
from homeport.safety.crisis_text import read_words

# With what brings somebody come the measures that they are asked for.
BRINGS = "brings"


@acting
def save_intake_section(
    *,
    actor: Actor,
    case_id: UUID,
    asked: Intake,
    section_id: str,
    answers: dict[str, Any],
    version: int | None,
) -> IntakeForm:
    """Keep what the person said in one section. ``version``: which state of it their form began with, None for the first.

    Raises ``Changed`` when the section was saved meanwhile, on another device, and ``Hidden`` for anybody who does not take
    part in the case, or a section that is none.
    """
    me = actor.person_id
    known = asked.section(section_id) is not None
    if me is None or not known or not may_with_case(standing_of(actor), CaseAct.SIGN_CONSENTS, case_id):
        raise Hidden
    mine = IntakeForm.objects.select_for_update().filter(case_id=case_id, author_id=me).first()
    form = mine or begun(IntakeForm(case_id=case_id, author_id=me, subject_id=me))
    keep_section(
        actor=actor, form=form, asked=asked, section_id=section_id, answers=answers, version=version,
        read=read_words,
    )  # fmt: skip
    if section_id == BRINGS:
        part = Participant.objects.select_related("case", "person").get(
            case_id=case_id, person_id=me, until_at=None
        )
        assign_intake_measures(
            actor=actor, part=part, concerns=answers.get("concerns") or (), language=part.person.language
        )
    return form


@acting
def mark_intake_read(*, actor: Actor, form: FilledIn) -> None:
    """Somebody of the care team has read what is there now. What comes in later is news again."""
    if form.case_id is None or not may_with_case(standing_of(actor), CaseAct.DECIDE_FORMAT, form.case_id):
        raise Hidden
    form.read_at, form.read_by_id = now(), actor.person_id
    save_if_unchanged(form, form.version)
    record(
        actor=actor, verb=Verb.SETTING, material=form.material, row_id=form.pk, case_id=form.case_id,
        subject_id=form.subject_id,
    )  # fmt: skip
