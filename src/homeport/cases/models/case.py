"""The unit of care."""

from uuid import UUID

from django.db import models

from homeport.core.clock import now
from homeport.core.ids import new_id
from homeport.people.models.person import Person


def _case_id() -> UUID:
    return new_id("cases")


class Case(models.Model):
    """Whoever is treated together: one person, a couple, a family, a parent and child, a group."""

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", "Individual"
        COUPLE = "couple", "Couple"
        FAMILY = "family", "Family"
        PARENT_CHILD = "parent_child", "Parent and child"
        GROUP = "group", "Group"

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        PAUSED = "paused", "Paused"
        CLOSED = "closed", "Closed"

    TRANSITIONS = {
        Status.OPEN: {Status.PAUSED, Status.CLOSED},
        Status.PAUSED: {Status.OPEN, Status.CLOSED},
        Status.CLOSED: {Status.OPEN},
    }

    id = models.UUIDField(primary_key=True, default=_case_id, editable=False)
    kind = models.CharField(max_length=14, choices=Kind)
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    # Whose law applies: where the client is, which need not be where the practice is.
    jurisdiction = models.CharField(max_length=10)
    # Whoever brought these people together: an intake clinician sees to it until the therapist has taken over.
    opened_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True, blank=True)
    # A group's own rule: whether its members read the names that each of them chose. By itself nobody reads any.
    members_know_names = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="closed", closed_at__isnull=False)
                | (~models.Q(status="closed") & models.Q(closed_at=None)),
                name="a_closed_case_has_a_date",
            )
        ]

    def __str__(self) -> str:
        return f"case {self.id}"
