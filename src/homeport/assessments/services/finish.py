"""Send what was answered: score it, once, by the key that it was begun with."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from homeport.access.gate import Hidden
from homeport.access.wall import acting
from homeport.assessments.models import TABLES, Administration, Assignment, tables_for
from homeport.assessments.scoring import scored
from homeport.assessments.services.begin import begin
from homeport.assessments.watching import values_of
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.content.instruments import load_key
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.versions import save_if_unchanged

State = Administration.State
# How long after the last answer a form that asks for somebody is taken as sent.
LEFT_AFTER = timedelta(minutes=30)
AT_ONCE = 200
WENT_ON = "went on after leaving"


@acting
def finish(*, actor: Actor, assignment_id: UUID) -> Administration:
    """Send the answers as they are; what is missing stays missing. Sent twice it is sent once.

    Raises ``Hidden`` for anybody but whoever was asked, ``AlreadySent``.
    """
    administration = begin(actor=actor, assignment_id=assignment_id)
    assignment = administration.assignment
    _score(administration, WENT_ON)
    administration.state, administration.finished_at = State.FINISHED, now()
    save_if_unchanged(administration, administration.version)
    assignment.state, assignment.done_at = Assignment.State.DONE, administration.finished_at
    save_if_unchanged(assignment, assignment.version)
    _recorded(actor, administration, Verb.SIGN)
    return administration


@acting
def take_as_sent(*, actor: Actor, administration: Administration) -> None:
    """A form that was left after an answer which asks for somebody: it is read as it is, and can still be gone on with."""
    if administration.state != State.BEGUN:
        return
    _score(administration, WENT_ON)
    administration.state = State.LEFT
    save_if_unchanged(administration, administration.version)
    _recorded(actor, administration, Verb.CHANGE)


@acting
def score_again(*, actor: Actor, kind: str, administration_id: UUID, because: str) -> None:
    """Score anew by the newest version of the key, with the reason on record; the earlier scores stay, ended.

    It is never done by itself: somebody asks for it. Raises ``Hidden`` where there is nothing to score.
    """
    model: Any = tables_for(kind).administration
    administration: Administration | None = model.objects.filter(pk=administration_id).first()
    if administration is None or not because.strip():
        raise Hidden
    _score(administration, because, newest=True)
    _recorded(actor, administration, Verb.CHANGE)


def left_behind() -> list[Administration]:
    """Forms that were left after an answer which asks for somebody, longest first. One query a kind."""
    found: list[Administration] = []
    for tables in TABLES.values():
        waiting = tables.administration.objects.filter(
            state=State.BEGUN, raised_at__isnull=False, last_answer_at__lt=now() - LEFT_AFTER
        )
        found += list(waiting.order_by("last_answer_at", "pk")[:AT_ONCE])
    return found


def _score(administration: Administration, because: str, *, newest: bool = False) -> None:
    key = load_key(administration.instrument, None if newest else administration.key_version)
    model: Any = tables_for(administration.kind).score
    standing = model.objects.filter(administration=administration, replaced_at=None)
    standing.update(replaced_at=now(), replaced_because=because[:200])
    answers = {
        item: value
        for item, value in values_of(administration.pk, administration.kind).items()
        if value is not None
    }
    for each in scored(key, answers, administration.format, frozenset(administration.items)):
        model(
            administration=administration,
            case_id=administration.case_id,
            author_id=administration.author_id,
            subject_id=administration.subject_id,
            instrument=key.id,
            key_version=key.version,
            key_hash=key.hash,
            scale=each.scale,
            value=each.value,
            standard_error=each.standard_error,
            answered=each.answered,
            of=each.of,
            filled=each.filled,
            why=each.why,
            band=each.band,
        ).save(force_insert=True)


def _recorded(actor: Actor, administration: Administration, verb: Verb) -> None:
    record(
        actor=actor, verb=verb, material=administration.material, row_id=administration.pk,
        case_id=administration.case_id, subject_id=administration.author_id,
    )  # fmt: skip
