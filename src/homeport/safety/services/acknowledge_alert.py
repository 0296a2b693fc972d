"""Say that one has an alert in hand, and close it."""

from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from homeport.access.decide import may_see
from homeport.access.gate import Hidden
from homeport.access.rows import annotated, facts_of
from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now, today
from homeport.core.errors import HomeportError
from homeport.core.versions import Changed, save_if_unchanged
from homeport.people.errors import Unfit
from homeport.safety.models import Alert, AlertNotice

LONGEST_PLAN = timedelta(days=90)
SHORTEST_NOTE = 10


@acting
def acknowledge_alert(*, actor: Actor, alert_id: UUID) -> Alert:
    """From now on it is in this person's hands, and nobody else is told of it.

    Raises ``Hidden`` for whoever may not see it, ``Changed`` when somebody else was faster.
    """
    alert = _alert(actor, alert_id)
    if alert.state == Alert.State.ACKNOWLEDGED and alert.acknowledged_by_id == actor.person_id:
        return alert
    _move(alert, Alert.State.ACKNOWLEDGED)
    alert.acknowledged_by_id, alert.acknowledged_at = actor.person_id, now()
    _keep(actor, alert, Verb.SIGN)
    return alert


@acting
def close_alert(*, actor: Actor, alert_id: UUID, note: str, planned_until: date | None = None) -> Alert:
    """Close it with a note on what was found and done. It must have been acknowledged before.

    ``planned_until``: the answer is stable and known, and there is a plan; until that day the same answer is taken so,
    and any rise overrides it. Raises ``Unfit`` for a note that says nothing and for a day that is none, ``Changed`` when
    it was closed already, ``Hidden``.
    """
    alert = _alert(actor, alert_id)
    note = note.strip()
    if len(note) < SHORTEST_NOTE:
        raise Unfit(
            "note", _("Write down what you found and what was done. An alert is not closed without it.")
        )
    _check_plan(alert, planned_until)
    _move(alert, Alert.State.CLOSED)
    if alert.closing_note:
        before = {
            "at": str(alert.closed_at),
            "by": str(alert.closed_by_id),
            "what": "closed",
            "words": alert.closing_note,
        }
        alert.history = [*(alert.history or []), before]
    alert.closing_note, alert.planned_until = note, planned_until
    alert.closed_by_id, alert.closed_at = actor.person_id, now()
    _keep(actor, alert, Verb.CHANGE)
    return alert


def _alert(actor: Actor, alert_id: UUID) -> Alert:
    standing = standing_of(actor)
    alert = annotated(standing, Alert).filter(pk=alert_id).first()
    if alert is None or not may_see(standing, facts_of(alert)):
        raise Hidden
    return alert


def _move(alert: Alert, to: Alert.State) -> None:
    state = Alert.State(alert.state)
    if to not in Alert.TRANSITIONS[state]:
        if state is Alert.State.OPEN:
            raise HomeportError(_("Say first that you have it in hand. Then it can be closed."))
        raise Changed
    alert.state = to


def _check_plan(alert: Alert, planned_until: date | None) -> None:
    if planned_until is None:
        return
    if alert.source != Alert.Source.ANSWER:
        raise Unfit("planned_until", _("Only an answer to a question can be known and planned for."))
    if not today() < planned_until <= today() + LONGEST_PLAN:
        raise Unfit("planned_until", _("Choose a day after today, at most 90 days ahead."))


def _keep(actor: Actor, alert: Alert, verb: Verb) -> None:
    alert.changed_at = now()
    save_if_unchanged(alert, alert.version)
    AlertNotice.objects.filter(alert_id=alert.pk, answered_at=None).update(answered_at=now())
    record(
        actor=actor, verb=verb, material=alert.material, row_id=alert.pk, case_id=alert.case_id,
        subject_id=alert.subject_id,
    )  # fmt: skip
