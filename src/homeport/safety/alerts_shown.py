"""How alerts are shown to those who look after them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from homeport.cases.selectors import Together
from homeport.content.instruments import load_key
from homeport.core.clock import now
from homeport.core.errors import ContentError
from homeport.core.keys import KeyGone
from homeport.safety import crisis_text, rules
from homeport.safety.levels import Level
from homeport.safety.models import Alert


def reason_words() -> dict[str, str]:
    """Each reason, as a clinician reads it."""
    return {
        rules.SOME: _("Thoughts of being better off dead or of self-harm: on some days."),
        rules.OFTEN: _(
            "Thoughts of being better off dead or of self-harm: on more than half the days, or nearly every day."
        ),
        rules.PLANS: _("Plans to end their life."),
        rules.THOUGHTS: _("Serious thoughts of ending their life in the past month."),
        rules.ATTEMPT: _(
            "An attempt at some time in their life. It is told once; later a yes raises nothing of its own."
        ),
        rules.NEW_ATTEMPT: _("An attempt, where they had answered no before."),
        rules.ROSE: _("More than the last time they answered."),
        rules.TOTAL: _("With a total of 20 or more."),
        rules.AS_KNOWN: _("As marked before: known, and planned for."),
        rules.UNKNOWN: _("An answer to a question about risk for which there is no rule of its own."),
        "chosen-violence": _(
            "Chosen in the form before the first session: somebody hurts, scares or controls them."
        ),
        "chosen-dark_thoughts": _(
            "Chosen in the form before the first session: thoughts of hurting themselves, or of not living."
        ),
        "triage-high": _("An interview on suicide that asks for somebody at once."),
        "triage-moderate": _("An interview on suicide that asks for an assessment today."),
        **crisis_text.kind_words(),
    }


@dataclass(frozen=True, slots=True)
class ShownAlert:
    """One alert in a list or on its page."""

    id: UUID
    case_id: UUID | None
    about: str
    by: str
    urgent: bool
    known: bool
    state: str
    state_words: str
    level_words: str
    reasons: tuple[str, ...]
    source: str
    raised_at: datetime
    due_at: datetime
    overdue: bool


def shown_alert(alert: Alert, together: Together | None) -> ShownAlert:
    """One of them. ``by``: who said it, where that is somebody else than whom it is about."""
    name = together.name_of if together else (lambda _person: "")
    words = reason_words()
    return ShownAlert(
        id=alert.pk,
        case_id=alert.case_id,
        about=name(alert.subject_id),
        by=_said_by(alert, name(alert.author_id)),
        urgent=alert.level == Level.URGENT,
        known=alert.level == Level.KNOWN,
        state=alert.state,
        state_words=str(alert.get_state_display()),
        level_words=level_words(alert.level),
        reasons=tuple(words.get(reason, reason) for reason in alert.reasons),
        source=_source(alert),
        raised_at=alert.created_at,
        due_at=alert.due_at,
        overdue=alert.state == Alert.State.OPEN and alert.level >= Level.SAME_DAY and alert.due_at < now(),
    )


def _said_by(alert: Alert, name: str) -> str:
    """Who said it, where that is somebody else; a guardian need not take part in the case themselves."""
    if alert.author_id == alert.subject_id:
        return ""
    return name or _("somebody who does not take part in the case")


def level_words(level: int) -> str:
    """The level in a word or two."""
    return {Level.URGENT: _("Urgent"), Level.SAME_DAY: _("Today"), Level.KNOWN: _("Known and planned for")}[
        Level(level)
    ]


def _source(alert: Alert) -> str:
    if alert.source == Alert.Source.WORDS:
        return _("Words that were shared")
    try:
        return load_key(alert.instrument).abbreviation
    except ContentError:
        return alert.instrument


def in_order(alerts: Iterable[Alert]) -> list[Alert]:
    """What asks most comes first: open before in hand, urgent before the rest, then by when it is due."""
    return sorted(
        alerts, key=lambda each: (each.state != Alert.State.OPEN, -each.level, each.due_at, each.pk)
    )


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to an alert."""

    at: datetime
    words: str
    note: str = ""


def history_of(alert: Alert, names: Mapping[UUID, str]) -> list[Happened]:
    """What was said and done, oldest first. Words that were erased are left out."""
    found = [Happened(alert.created_at, _("Raised by: %(said)s") % {"said": _said(alert)})]
    try:
        later: list[dict[str, Any]] = list(alert.history or [])
        note = alert.closing_note or ""
    except KeyGone:
        later, note = [], ""
    for each in later:
        at = datetime.fromisoformat(each["at"])
        if each["what"] == "said":
            found.append(Happened(at, _("Changed afterwards to: %(said)s") % {"said": _words(each["said"])}))
        else:
            found.append(Happened(at, _("Closed, and opened again since"), each["words"]))
    if alert.acknowledged_at and alert.acknowledged_by_id:
        who = names.get(alert.acknowledged_by_id, "")
        found.append(Happened(alert.acknowledged_at, _("%(who)s had it in hand") % {"who": who}))
    if alert.closed_at and alert.closed_by_id and alert.state == Alert.State.CLOSED:
        who = names.get(alert.closed_by_id, "")
        found.append(Happened(alert.closed_at, _("%(who)s closed it") % {"who": who}, note))
    return sorted(found, key=lambda each: each.at)


def _said(alert: Alert) -> str:
    try:
        return _words(alert.said)
    except KeyGone:
        return _("words that were erased")


def _words(said: Mapping[str, Any]) -> str:
    if "value" not in said:
        return _("words that speak of danger")
    if said["value"] is None:
        return _("skipped")
    answer = _("an answer of %(value)s") % {"value": said["value"]}
    before = said.get("before")
    return (
        answer
        if before is None
        else _("%(answer)s, after %(before)s the last time") % {"answer": answer, "before": before}
    )


def next_steps(alert: Alert) -> list[str]:
    """What is usually done now. It supports a clinician's judgement and never stands in for it."""
    steps = [
        _("Speak with them yourself, today: ask openly about thoughts, plans, means and what holds them."),
        _(
            "Use a structured interview that you are trained in. A zero next time is not a sign that all is well."
        ),
        _("Look at their safety plan with them, or make one. No promises “not to”."),
    ]
    if alert.level == Level.URGENT:
        steps.insert(
            0,
            _(
                "Reach them now. If they may be in danger and you cannot: the emergency number, and whom they named to call."
            ),
        )
    if alert.author_id != alert.subject_id:
        steps.append(
            _(
                "Somebody else said it about them. Do not let either learn of it without a reason: think of safety first."
            )
        )
    return steps
