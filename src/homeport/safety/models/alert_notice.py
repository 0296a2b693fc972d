"""Who was told that an alert waits."""

from uuid import UUID

from django.db import models

from homeport.core.clock import now
from homeport.core.ids import new_id
from homeport.people.models import Person
from homeport.safety.models.alert import Alert


def _notice_id() -> UUID:
    return new_id("alert notices")


class AlertNotice(models.Model):
    """One person was told once, in one part. What they saw of it and when, the audit says."""

    class Part(models.TextChoices):
        LEAD = "lead", "Lead therapist"
        CO_THERAPIST = "co_therapist", "Co-therapist"
        COVER = "cover", "Covering colleague"
        SUPERVISOR = "supervisor", "Supervisor"
        INTAKE = "intake", "Intake clinician"

    id = models.UUIDField(primary_key=True, default=_notice_id, editable=False)
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="notices")
    case_id = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=Part)
    told_at = models.DateTimeField(default=now)
    # When somebody acknowledged the alert: from then on the notice asks for nothing.
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alert", "person"], name="one_notice_a_person_and_alert")
        ]

    def __str__(self) -> str:
        return f"notice {self.id}"
