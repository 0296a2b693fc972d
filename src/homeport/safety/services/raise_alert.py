"""Raise an alert: in the transaction of what raises it, once for each answer or text."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.jobs import enqueue
from homeport.safety.levels import Level, Reading
from homeport.safety.models import Alert
from homeport.safety.selectors import hours_kept

ESCALATE = "safety.escalate"
# What is known and planned for is looked at in its turn, within this time.
IN_ITS_TURN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Raised:
    """What raises it: the row, whose it is, and what was said in it (``said`` is sealed)."""

    source: Alert.Source
    source_id: UUID
    case_id: UUID
    author_id: UUID
    subject_id: UUID
    instrument: str = ""
    item: str = ""
    said: dict[str, Any] = field(default_factory=dict)


@acting
def raise_alert(*, actor: Actor, raised: Raised, reading: Reading) -> Alert | None:
    """Write the alert down and have it told; None where the reading asks for nothing and never did.

    Call it inside the transaction that writes the answer. For a row that raised one already that one is returned: made
    stronger, and opened again, where the reading asks for more than it did; never made weaker. What was said afterwards is
    kept beside what was said first.
    """
    standing = _of(raised)
    if standing is None and reading.level is Level.NONE:
        return None
    if standing is None:
        try:
            with transaction.atomic():
                return _written(actor, raised, reading)
        except IntegrityError:
            # Sent twice at once: the other one wrote it.
            standing = _of(raised)
            if standing is None:
                raise
    return _strengthened(actor, standing, raised, reading)


def due_at(level: Level, moment: datetime) -> datetime:
    """By when an alert of this level must have been acknowledged, counted in the practice's reading time."""
    if level < Level.SAME_DAY:
        return moment + IN_ITS_TURN
    kept = hours_kept()
    return kept.hours.after(moment, kept.within(level))


def _of(raised: Raised) -> Alert | None:
    found = Alert.objects.select_for_update().filter(source_id=raised.source_id, author_id=raised.author_id)
    return found.first()


def _written(actor: Actor, raised: Raised, reading: Reading) -> Alert:
    alert = Alert(
        case_id=raised.case_id,
        author_id=raised.author_id,
        subject_id=raised.subject_id,
        source=raised.source,
        source_id=raised.source_id,
        instrument=raised.instrument,
        item=raised.item,
        level=reading.level,
        reasons=list(reading.reasons),
        said=raised.said,
        due_at=due_at(reading.level, now()),
    )
    alert.save(force_insert=True)
    _recorded(actor, alert, Verb.CREATE)
    _have_told(alert)
    return alert


def _strengthened(actor: Actor, alert: Alert, raised: Raised, reading: Reading) -> Alert:
    stronger = reading.level > alert.level
    if not stronger and alert.last_said == raised.said:
        return alert
    change = {"at": now().isoformat(), "what": "said", "said": raised.said}
    alert.history = [*(alert.history or []), change]
    if stronger:
        due = due_at(reading.level, now())
        was_open = alert.state == Alert.State.OPEN
        alert.due_at = min(alert.due_at, due) if was_open else due
        alert.level = reading.level
        alert.reasons = list(dict.fromkeys([*alert.reasons, *reading.reasons]))
        alert.state, alert.step = Alert.State.OPEN, alert.step if was_open else 0
    alert.version += 1
    alert.changed_at = now()
    alert.save()
    _recorded(actor, alert, Verb.CHANGE)
    if stronger:
        _have_told(alert)
    return alert


def _have_told(alert: Alert) -> None:
    """Whoever is to be told learns of it by a job of its own: the queue is in the same transaction."""
    if alert.level >= Level.SAME_DAY:
        enqueue(ESCALATE, key=f"{ESCALATE}:{alert.pk}:{alert.step}", alert_id=str(alert.pk))


def _recorded(actor: Actor, alert: Alert, verb: Verb) -> None:
    record(
        actor=actor, verb=verb, material=alert.material, row_id=alert.pk, case_id=alert.case_id,
        subject_id=alert.subject_id,
    )  # fmt: skip
