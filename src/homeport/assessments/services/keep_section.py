"""Keep one section of a form from before the first session, and have what must be seen at once looked at."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from homeport.access.wall import acting
from homeport.accounts.origin import digest_of
from homeport.assessments.models.intake_form import FilledIn
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.content.intake import Intake
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.versions import Changed, save_if_unchanged
from homeport.safety.crisis_text import Danger, Found
from homeport.safety.levels import Level, Reading
from homeport.safety.models import Alert
from homeport.safety.services.raise_alert import Raised, raise_alert

# What an alert says of where it comes from, and why; the words for the second are in `safety.alerts_shown`.
INTAKE, CHOSEN = "intake", "chosen"
Form = TypeVar("Form", bound=FilledIn)


@acting
def keep_section(
    *,
    actor: Actor,
    form: FilledIn,
    asked: Intake,
    section_id: str,
    answers: dict[str, Any],
    version: int | None,
    read: Callable[[str], Found],
) -> None:
    """Keep it in ``form``, which is the actor's. ``version``: of the section they began with; ``read``: reads for danger.

    Raises ``Changed`` when the section was saved meanwhile.
    """
    if form.version_of(section_id) != version:
        raise Changed
    said = {"version": asked.version, "language": asked.language, "hash": asked.hash, "answers": answers}
    form.sections = {**form.sections, section_id: said}
    form.section_versions = {**form.section_versions, section_id: (version or 0) + 1}
    form.filled_at = form.changed_at = now()
    save_if_unchanged(form, form.version)
    record(
        actor=actor, verb=Verb.CHANGE, material=form.material, row_id=form.pk, case_id=form.case_id,
        subject_id=form.subject_id,
    )  # fmt: skip
    _have_looked_at(actor, form, asked)
    _have_words_read(actor, form, asked, section_id, read)


def begun(form: Form) -> Form:
    """A new one; where another device began it in this moment, that one decides."""
    form.sections = {}
    try:
        with transaction.atomic():
            form.save(force_insert=True)
    except IntegrityError:
        raise Changed from None
    return form


def _have_looked_at(actor: Actor, form: FilledIn, asked: Intake) -> None:
    """What must reach the care team at once reaches it in the same transaction: one alert for each thing that was chosen."""
    chosen = {code for one in asked.sections for code in one.alerting(form.answers(one.id))}
    for code in sorted(chosen):
        raised = _raised(form, Alert.Source.ANSWER, uuid5(form.pk, code), code, {"value": 1})
        raise_alert(actor=actor, raised=raised, reading=Reading(Level.SAME_DAY, (f"{CHOSEN}-{code}",)))


def _have_words_read(
    actor: Actor, form: FilledIn, asked: Intake, section_id: str, read: Callable[[str], Found]
) -> None:
    """Words of danger reach the care team as a choice does: once for each text, and again when it changes."""
    section = asked.section(section_id)
    text = section.written(form.answers(section_id)) if section else ""
    found = read(text)
    if not found:
        return
    # Of violence many write here who speak of what lies years behind them: today is soon enough, as where they choose it.
    past = found.kinds <= {Danger.ABUSE}
    reading = Reading(Level.SAME_DAY, found.reading.reasons) if past else found.reading
    source = uuid5(form.pk, digest_of("intake words", section_id, text))
    raised = _raised(form, Alert.Source.WORDS, source, section_id, {"section": section_id})
    raise_alert(actor=actor, raised=raised, reading=reading)


def _raised(form: FilledIn, source: Alert.Source, source_id: UUID, item: str, said: dict[str, Any]) -> Raised:
    assert form.case_id is not None
    assert form.subject_id is not None
    return Raised(
        source=source, source_id=source_id, case_id=form.case_id, author_id=form.author_id,
        subject_id=form.subject_id, instrument=INTAKE, item=item, said=said,
    )  # fmt: skip
