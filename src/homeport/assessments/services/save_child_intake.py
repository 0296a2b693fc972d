"""Keep one section of what a guardian reports of a child who is too young to be asked."""

from typing import Any

from homeport.access.gate import Hidden
from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.assessments.models.intake_form import ChildIntake
from homeport.assessments.services.keep_section import begun, keep_section
from homeport.cases.models import Case, Participant
from homeport.cases.policies import speaks_for_oneself
from homeport.content.intake import Intake
from homeport.core.actor import Actor
from homeport.safety.crisis_of_another import read_words_about_another


@acting
def save_child_intake_section(
    *,
    actor: Actor,
    part: Participant,
    asked: Intake,
    section_id: str,
    answers: dict[str, Any],
    version: int | None,
) -> ChildIntake:
    """Keep what the guardian said in one section of their own report. ``version``: of the section, None for the first.

    Raises ``Changed`` when the section was saved meanwhile, and ``Hidden`` for anybody who does not stand for this child in
    this case, for a child who is old enough to be asked, for one who has left, and for a section that is none.
    """
    me, case_id, child = actor.person_id, part.case_id, part.person_id
    stands = (case_id, child) in standing_of(actor).guards
    here = part.until_at is None and part.case.status != Case.Status.CLOSED
    if me is None or not stands or not here or speaks_for_oneself(part) or asked.section(section_id) is None:
        raise Hidden
    held = ChildIntake.objects.select_for_update().filter(case_id=case_id, subject_id=child, author_id=me)
    form = held.first() or begun(ChildIntake(case_id=case_id, author_id=me, subject_id=child))
    keep_section(
        actor=actor, form=form, asked=asked, section_id=section_id, answers=answers, version=version,
        read=read_words_about_another,
    )  # fmt: skip
    return form
