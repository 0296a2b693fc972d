"""Holding what somebody answers against the risk rules, inside the transaction that keeps the answer."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from homeport.assessments.models import Administration, Answer, tables_for
from homeport.content.instruments import Key, load_key
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.safety.models import Alert
from homeport.safety.rules import read_answer
from homeport.safety.selectors import known_answer
from homeport.safety.services.raise_alert import Raised, raise_alert

EARLIER = 5


def watch_answers(*, actor: Actor, administration: Administration, just_now: str) -> Alert | None:
    """Raise what the answers so far ask for. Returns the alert of the question answered just now, if it has one.

    Nothing is read where the instrument has no risk items; and nothing but the answer itself, until one of them was 1 or
    more. From then on every answer is looked at again: the total may make it more.
    """
    key = load_key(administration.instrument, administration.key_version)
    risks = [item.id for item in key.items if item.risk and item.id in administration.items]
    if not risks or (just_now not in risks and administration.raised_at is None):
        return None
    model: Any = tables_for(administration.kind).answer
    answers: dict[str, Answer] = {
        each.item: each for each in model.objects.filter(administration=administration)
    }
    total = _total(key, answers)
    found: dict[str, Alert | None] = {
        item: _watched(actor, administration, answers[item], total) for item in risks if item in answers
    }
    if administration.raised_at is None and any(found.values()):
        administration.raised_at = now()
        owner: Any = type(administration)
        owner.objects.filter(pk=administration.pk).update(raised_at=administration.raised_at)
    return found.get(just_now)


def _watched(
    actor: Actor, administration: Administration, answer: Answer, total: float | None
) -> Alert | None:
    case_id, subject_id = administration.case_id, administration.subject_id
    if case_id is None or subject_id is None:
        return None
    before, value = None, answer.value
    known = None
    if value:
        before = _before(administration, answer.item)
        known = known_answer(
            case_id=case_id, author_id=administration.author_id, subject_id=subject_id,
            instrument=administration.instrument, item=answer.item,
        )  # fmt: skip
    reading = read_answer(
        administration.instrument, answer.item, value, before=before, total=total, known=known
    )
    return raise_alert(
        actor=actor,
        raised=Raised(
            source=Alert.Source.ANSWER,
            source_id=answer.pk,
            case_id=case_id,
            author_id=administration.author_id,
            subject_id=subject_id,
            instrument=administration.instrument,
            item=answer.item,
            said={"value": value, "before": before},
        ),
        reading=reading,
    )


def _total(key: Key, answers: Mapping[str, Answer]) -> float | None:
    """The sum of what was answered so far of the key's total; None where it has none that is a sum."""
    scale = next((each for each in key.scales if each.id == "total" and each.method == "sum"), None)
    if scale is None:
        return None
    values = [answers[item].value for item in scale.items if item in answers]
    return float(sum(value for value in values if value is not None))


def _before(administration: Administration, item: str) -> int | None:
    """The last answer of the same person to the same question in this case, before this filling-in."""
    model: Any = tables_for(administration.kind).answer
    earlier = model.objects.filter(
        item=item,
        author_id=administration.author_id,
        subject_id=administration.subject_id,
        case_id=administration.case_id,
        administration__instrument=administration.instrument,
        administration__created_at__lt=administration.created_at,
    ).order_by("-administration__created_at", "pk")[:EARLIER]
    return next((each.value for each in earlier if each.value is not None), None)


def values_of(administration_id: UUID, kind: str) -> dict[str, int | None]:
    """What was answered so far, by item id; None for what was skipped. One query."""
    model: Any = tables_for(kind).answer
    return {each.item: each.value for each in model.objects.filter(administration_id=administration_id)}
