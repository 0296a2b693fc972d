"""Who has legal authority for a child, and who cares for them day by day: two things."""

from datetime import datetime

from django.db import models

from homeport.people.models.lasting import Lasting, holds_at
from homeport.people.models.person import Person


def stands_for_child_at(moment: datetime) -> models.Q:
    """The condition "speaks for the child by law at ``moment``": authority that nobody verified opens nothing."""
    return holds_at(moment) & models.Q(legal_authority=True, verified_at__isnull=False)


class Guardianship(Lasting):
    """One adult's standing towards one child, for a time.

    A foster carer may have daily care without authority; a separated father authority without daily care; the state both or
    neither. Two guardians of one child never learn of each other here.
    """

    class Kind(models.TextChoices):
        PARENT = "parent", "Parent"
        ADOPTIVE_PARENT = "adoptive_parent", "Adoptive parent"
        STEP_PARENT = "step_parent", "Step-parent"
        FOSTER_CARER = "foster_carer", "Foster carer"
        RELATIVE = "relative", "Relative"
        AGENCY = "agency", "Agency or state"
        OTHER = "other", "Other"

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="guardianships")
    guardian = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="guards")
    kind = models.CharField(max_length=16, choices=Kind)
    legal_authority = models.BooleanField()
    daily_care = models.BooleanField()
    # Whose law says when the child comes of age: where they live; "*" where nobody said, for the most careful rules.
    jurisdiction = models.CharField(max_length=10, default="*")
    # Who looked at the papers, and when; authority that nobody verified opens nothing.
    verified_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(child=models.F("guardian")), name="nobody_guards_themselves"
            ),
            models.CheckConstraint(
                condition=models.Q(legal_authority=True) | models.Q(daily_care=True),
                name="a_guardian_has_a_standing",
            ),
            models.UniqueConstraint(
                fields=["child", "guardian"],
                condition=models.Q(until_at=None),
                name="one_standing_towards_a_child",
            ),
        ]

    def __str__(self) -> str:
        return f"guardianship {self.id}"
