"""When somebody reads what comes in."""

from uuid import UUID

from django.db import models

from homeport.core.clock import now
from homeport.core.ids import new_id


def _hours_id() -> UUID:
    return new_id("reading hours")


class ReadingHours(models.Model):
    """The practice's own: one row. Where there is none, people are told that nobody reads right away."""

    id = models.UUIDField(primary_key=True, default=_hours_id, editable=False)
    only = models.BooleanField(default=True, editable=False, unique=True)
    # Weekday (0 is Monday) to stretches of wall-clock time: {"0": [["09:00", "17:00"]]}.
    weekly = models.JSONField(default=dict)
    # Days without any, such as holidays: ["2026-12-25"].
    closed = models.JSONField(default=list)
    # How soon an alert must have been acknowledged, in minutes of reading time.
    urgent_minutes = models.PositiveSmallIntegerField(default=60)
    same_day_minutes = models.PositiveSmallIntegerField(default=480)
    changed_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(only=True), name="reading_hours_are_kept_once"),
            models.CheckConstraint(
                condition=models.Q(urgent_minutes__gte=5, urgent_minutes__lte=240),
                name="urgent_is_within_hours",
            ),
        ]

    def __str__(self) -> str:
        return "reading hours"
