"""How the people of one therapist did with one concern, as the practice brought it in."""

from uuid import UUID

from django.db import models

from homeport.core.clock import now
from homeport.core.ids import new_id
from homeport.people.models import Therapist


def _record_id() -> UUID:
    return new_id("directory")


class OutcomeRecord(models.Model):
    """A mean over fifteen people or more, and how many they were. Nothing of any one of them is kept."""

    id = models.UUIDField(primary_key=True, default=_record_id, editable=False)
    therapist = models.ForeignKey(Therapist, on_delete=models.PROTECT, related_name="outcome_records")
    concern = models.CharField(max_length=30)
    people = models.PositiveIntegerField()
    # How much better than expected, in standard deviations; see ``evidence.Record``.
    mean = models.FloatField()
    brought_in_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["therapist", "concern"], name="one_record_a_therapist_and_concern"
            ),
            models.CheckConstraint(condition=models.Q(people__gte=15), name="a_record_is_of_fifteen_people"),
        ]

    def __str__(self) -> str:
        return f"outcome record {self.id}"
