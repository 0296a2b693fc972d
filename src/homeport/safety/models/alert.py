"""Something a human must look at."""

from typing import Any

from django.db import models
from django.db.models import Q

from homeport.core.clinical import ClinicalRow
from homeport.core.materials import Material
from homeport.core.sealed import SealedJSONField, SealedTextField
from homeport.safety.levels import Level


class Alert(ClinicalRow):
    """Raised in the same transaction as the answer or the words that raised it: neither can be there without the other.

    Its author is whoever answered, its subject whom it is about. It is on no screen of either, nor of anybody who takes
    part in the case or stands for them; the care team, cover and supervisor see it.
    """

    material = Material.ALERT

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ACKNOWLEDGED = "acknowledged", "Somebody is on it"
        CLOSED = "closed", "Closed"

    class Source(models.TextChoices):
        ANSWER = "answer", "An answer"
        WORDS = "words", "Words that were shared"

    # From each state, the states that may follow. Back to open: what raised it has become more.
    TRANSITIONS = {
        State.OPEN: {State.ACKNOWLEDGED},
        State.ACKNOWLEDGED: {State.CLOSED, State.OPEN},
        State.CLOSED: {State.OPEN},
    }

    source = models.CharField(max_length=8, choices=Source)
    # The row that raised it. One row raises one alert, whatever dies in between and is sent again.
    source_id = models.UUIDField()
    instrument = models.CharField(max_length=100, blank=True)
    item = models.CharField(max_length=100, blank=True)
    level = models.PositiveSmallIntegerField(choices=[(level.value, level.name) for level in Level])
    reasons = models.JSONField(default=list)
    # The answer itself: {"value": 2, "before": 1}; for words, which kinds of danger they speak of.
    said = SealedJSONField()
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    # By when somebody must have acknowledged it, and how far it was passed on since.
    due_at = models.DateTimeField()
    step = models.PositiveSmallIntegerField(default=0)
    acknowledged_by_id = models.UUIDField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    closed_by_id = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    closing_note = SealedTextField(null=True)
    # A stable, known answer: until this day the same answer is taken as planned for. Any rise overrides it.
    planned_until = models.DateField(null=True)
    # What happened to it on the way, oldest first: [{"at", "by", "what", "words"}].
    history = SealedJSONField(null=True)

    class Meta:
        constraints = [
            # The author of an alert is that of its source: with them in the rule, it is still one alert a source.
            models.UniqueConstraint(fields=["source_id", "author_id"], name="one_alert_a_source"),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False, closing_note__isnull=False),
                name="a_closed_alert_has_a_note",
            ),
            models.CheckConstraint(
                condition=~Q(state="acknowledged") | Q(acknowledged_at__isnull=False),
                name="an_acknowledged_alert_has_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["case_id", "due_at"],
                condition=Q(state__in=["open", "acknowledged"]),
                name="live_alerts_of_a_case",
            ),
            models.Index(fields=["due_at"], condition=Q(state="open"), name="open_alerts_by_time"),
            models.Index(fields=["author_id", "subject_id", "instrument", "item"], name="alerts_on_an_item"),
        ]

    def __str__(self) -> str:
        return f"alert {self.id}"

    @property
    def last_said(self) -> dict[str, Any]:
        """What was said last: what raised it, or what the answer was changed to afterwards."""
        later: list[dict[str, Any]] = [each["said"] for each in self.history or [] if each["what"] == "said"]
        first: dict[str, Any] = self.said
        return later[-1] if later else first
