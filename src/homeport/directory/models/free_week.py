"""The free times of the coming weeks as a search reads them: a copy, which a job makes anew (docs/adr/0016)."""

from datetime import datetime
from uuid import UUID

from django.db import models

from homeport.core.ids import new_id
from homeport.people.models import Therapist
from homeport.scheduling.models import Offering

# A week is fourteen half days of 48 quarters of an hour, a number each: both databases compare such numbers with one ``&``.
HALF_DAYS = tuple(f"h{number:02}" for number in range(14))


def _row_id() -> UUID:
    return new_id("directory free")


class FreeWeek(models.Model):
    """In which quarters of an hour of one week, in UTC, a meeting of one kind and way can begin with a therapist.

    ``week``: counted from that of Monday, 29 December 1969. Nothing is booked from here and nothing here is private: it says
    what the therapist's page says to everybody, as it was when somebody last looked.
    """

    id = models.UUIDField(primary_key=True, default=_row_id, editable=False)
    therapist = models.ForeignKey(Therapist, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=14, choices=Offering.Kind)
    way = models.CharField(max_length=10)
    week = models.PositiveIntegerField()
    h00 = models.BigIntegerField(default=0)
    h01 = models.BigIntegerField(default=0)
    h02 = models.BigIntegerField(default=0)
    h03 = models.BigIntegerField(default=0)
    h04 = models.BigIntegerField(default=0)
    h05 = models.BigIntegerField(default=0)
    h06 = models.BigIntegerField(default=0)
    h07 = models.BigIntegerField(default=0)
    h08 = models.BigIntegerField(default=0)
    h09 = models.BigIntegerField(default=0)
    h10 = models.BigIntegerField(default=0)
    h11 = models.BigIntegerField(default=0)
    h12 = models.BigIntegerField(default=0)
    h13 = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["therapist", "kind", "way", "week"], name="a_free_week_once"),
        ]

    def __str__(self) -> str:
        return f"free week {self.id}"


class FreeLook(models.Model):
    """When everybody's free times were last looked up. One row, or none where it never happened."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    done_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_look")]

    def __str__(self) -> str:
        return "look"
