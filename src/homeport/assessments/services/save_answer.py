"""Keep one answer, the moment it is sent."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from homeport.access.wall import acting
from homeport.assessments.models import Administration, Answer, tables_for
from homeport.assessments.services.begin import begin
from homeport.assessments.watching import watch_answers
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.content.instruments import load_key
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.versions import Changed, save_if_unchanged
from homeport.safety.models import Alert


@dataclass(frozen=True, slots=True)
class Saved:
    """What was kept. ``alert``: what this answer raised, or raised before; None where nobody need look."""

    administration: Administration
    answer: Answer
    alert: Alert | None


@acting
def save_answer(
    *, actor: Actor, assignment_id: UUID, item: str, value: int | None, seen: int | None = None
) -> Saved:
    """Keep the answer to one question, in one transaction with the alert that it raises.

    ``value``: a raw answer of the item's scale, None for one that is skipped. In any order, from any device, as often as it
    is sent: the same answer twice is one. ``seen``: the version of the answer that was on the screen, 0 for none; an answer
    that another device changed since is kept, and this one is told (``Changed``). Without it the last one counts.

    Raises ``Hidden`` for anybody but whoever was asked, ``AlreadySent``, ``HomeportError`` for what is no answer.
    """
    administration = begin(actor=actor, assignment_id=assignment_id)
    _check(administration, item, value)
    answer, verb = _kept(administration, item, value, seen)
    if verb is not None:
        model: Any = type(administration)
        model.objects.filter(pk=administration.pk).update(last_answer_at=now())
        _recorded(actor, answer, verb)
    # Also where the answer was there already: it may have been sent again because nobody heard that it had arrived.
    alert = watch_answers(actor=actor, administration=administration, just_now=item)
    return Saved(administration, answer, alert)


def _check(administration: Administration, item: str, value: int | None) -> None:
    if item not in administration.items:
        raise HomeportError(_("That question is not one of these."))
    key = load_key(administration.instrument, administration.key_version)
    if value is not None and value not in key.answers_for(item, administration.format).values:
        raise HomeportError(_("Please choose one of the answers shown."))


def _kept(
    administration: Administration, item: str, value: int | None, seen: int | None
) -> tuple[Answer, Verb | None]:
    """The answer as it is kept now, and what was done: written, changed, or nothing."""
    model: Any = tables_for(administration.kind).answer
    standing = model.objects.select_for_update().filter(administration=administration, item=item)
    found: Answer | None = standing.first()
    if found is None:
        made: Answer = model(
            administration=administration,
            item=item,
            said={"value": value},
            case_id=administration.case_id,
            author_id=administration.author_id,
            subject_id=administration.subject_id,
        )
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:
            found = standing.get()  # sent twice at once
        else:
            return made, Verb.CREATE
    if found.value == value:
        return found, None
    if seen is not None and found.version != seen:
        raise Changed
    found.said, found.changed_at = {"value": value}, now()
    save_if_unchanged(found, found.version)
    return found, Verb.CHANGE


def _recorded(actor: Actor, answer: Answer, verb: Verb) -> None:
    record(
        actor=actor, verb=verb, material=answer.material, row_id=answer.pk, case_id=answer.case_id,
        subject_id=answer.author_id,
    )  # fmt: skip
