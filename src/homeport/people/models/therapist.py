"""What a therapist offers."""

from uuid import UUID

from django.db import models

from homeport.core.ids import new_id
from homeport.people.models.person import Person


def _therapist_id() -> UUID:
    return new_id("people")


class Therapist(models.Model):
    """Languages, people, approaches, formats and fees, as lists of plain codes that can be searched."""

    id = models.UUIDField(primary_key=True, default=_therapist_id, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="therapist")
    languages = models.JSONField(default=list)
    populations = models.JSONField(default=list)
    approaches = models.JSONField(default=list)
    formats = models.JSONField(default=list)
    # In the smallest unit of the currency, by format: {"individual": 12000}.
    fees = models.JSONField(default=dict)
    currency = models.CharField(max_length=3, blank=True)
    sliding_scale = models.BooleanField(default=False)
    taking_clients = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"therapist {self.id}"
