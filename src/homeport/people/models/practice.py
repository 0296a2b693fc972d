"""The organisation that runs this installation."""

from uuid import UUID

from django.db import models

from homeport.core.clock import now
from homeport.core.ids import new_id


def _practice_id() -> UUID:
    return new_id("people")


class Practice(models.Model):
    """One row. A database is one practice's."""

    id = models.UUIDField(primary_key=True, default=_practice_id, editable=False)
    only = models.BooleanField(default=True, editable=False, unique=True)
    name = models.CharField(max_length=120)
    # A code such as "CA-ON": whose law sets the defaults for minors, consent and retention.
    jurisdiction = models.CharField(max_length=10)
    zone = models.CharField(max_length=64)
    languages = models.JSONField(default=list)
    crisis_region = models.CharField(max_length=10)
    retention_years = models.PositiveSmallIntegerField(default=10)
    # Counted from the day a minor comes of age.
    retention_years_minor = models.PositiveSmallIntegerField(default=10)
    # What this practice calls things, by our own word: {"client": "patient"}.
    words = models.JSONField(default=dict)
    # The sender that people see on mail when they asked for a neutral one.
    neutral_sender = models.CharField(max_length=60, blank=True)
    # Whether lists of therapists may look at records of outcomes, drawn towards what is usual. Off until somebody decides.
    uses_outcomes = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="only_one_practice")]

    def __str__(self) -> str:
        return self.name
