"""Keep one section of an intake, and mark an intake as read."""

from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from homeport.access.gate import Hidden
from homeport.access.on_cases import CaseAct, may_with_case
from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.accounts.origin import digest_of
from homeport.assessments.models.intake_form import IntakeForm
from homeport.assessments.services.assign_intake import assign_intake_measures
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import Participant
from homeport.content.intake import Intake
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.versions import Changed, save_if_unchanged
from homeport.safety.crisis_text import Danger, read_words
from homeport.safety.levels import Level, Reading
from homeport.safety.models import Alert
from homeport.safety.services.raise_alert import Raised, raise_alert

# What an alert says of where it comes from, and why; the words for the second are in `safety.alerts_shown`.
INTAKE, CHOSEN = "intake", "chosen"
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
    form = _mine(case_id, me) or _begun(case_id, me)
    if form.version_of(section_id) != version:
        raise Changed
    said = {"version": asked.version, "language": asked.language, "hash": asked.hash, "answers": answers}
    form.sections = {**form.sections, section_id: said}
    form.section_versions = {**form.section_versions, section_id: (version or 0) + 1}
    form.filled_at = form.changed_at = now()
    save_if_unchanged(form, form.version)
    record(
        actor=actor, verb=Verb.CHANGE, material=form.material, row_id=form.pk, case_id=case_id, subject_id=me
    )
    _have_looked_at(actor, case_id, form, asked)
    _have_words_read(actor, case_id, form, asked, section_id)
    if section_id == BRINGS:
        part = Participant.objects.select_related("case", "person").get(
            case_id=case_id, person_id=me, until_at=None
        )
        assign_intake_measures(
            actor=actor, part=part, concerns=answers.get("concerns") or (), language=part.person.language
        )
    return form


@acting
def mark_intake_read(*, actor: Actor, form: IntakeForm) -> None:
    """Somebody of the care team has read what is there now. What comes in later is news again."""
    if form.case_id is None or not may_with_case(standing_of(actor), CaseAct.DECIDE_FORMAT, form.case_id):
        raise Hidden
    form.read_at, form.read_by_id = now(), actor.person_id
    save_if_unchanged(form, form.version)
    record(
        actor=actor, verb=Verb.SETTING, material=form.material, row_id=form.pk, case_id=form.case_id,
        subject_id=form.author_id,
    )  # fmt: skip


def _have_looked_at(actor: Actor, case_id: UUID, form: IntakeForm, asked: Intake) -> None:
    """What must reach the care team at once reaches it in the same transaction: one alert for each thing that was chosen."""
    chosen = {code for one in asked.sections for code in one.alerting(form.answers(one.id))}
    for code in sorted(chosen):
        raised = Raised(
            source=Alert.Source.ANSWER, source_id=uuid5(form.pk, code), case_id=case_id, author_id=form.author_id,
            subject_id=form.author_id, instrument=INTAKE, item=code, said={"value": 1},
        )  # fmt: skip
        raise_alert(actor=actor, raised=raised, reading=Reading(Level.SAME_DAY, (f"{CHOSEN}-{code}",)))


def _have_words_read(actor: Actor, case_id: UUID, form: IntakeForm, asked: Intake, section_id: str) -> None:
    """Words of danger reach the care team as a choice does: once for each text, and again when it changes."""
    section = asked.section(section_id)
    text = section.written(form.answers(section_id)) if section else ""
    found = read_words(text)
    if not found:
        return
    # Of violence many write here who speak of what lies years behind them: today is soon enough, as where they choose it.
    past = found.kinds <= {Danger.ABUSE}
    reading = Reading(Level.SAME_DAY, found.reading.reasons) if past else found.reading
    raised = Raised(
        source=Alert.Source.WORDS, source_id=uuid5(form.pk, digest_of("intake words", section_id, text)),
        case_id=case_id, author_id=form.author_id, subject_id=form.author_id, instrument=INTAKE, item=section_id,
        said={"section": section_id},
    )  # fmt: skip
    raise_alert(actor=actor, raised=raised, reading=reading)


def _mine(case_id: UUID, me: UUID) -> IntakeForm | None:
    return IntakeForm.objects.select_for_update().filter(case_id=case_id, author_id=me).first()


def _begun(case_id: UUID, me: UUID) -> IntakeForm:
    """A new one; where another device began it in this moment, that one decides."""
    form = IntakeForm(case_id=case_id, author_id=me, subject_id=me, sections={})
    try:
        with transaction.atomic():
            form.save(force_insert=True)
    except IntegrityError:
        raise Changed from None
    return form
