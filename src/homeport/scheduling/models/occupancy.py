"""The one table that makes double booking impossible."""

from django.db import models
from django.db.models import F, Q

from homeport.people.models import Person
from homeport.scheduling.models.base import Arranged
from homeport.scheduling.models.offering import Offering
from homeport.scheduling.models.place import Place


class Occupancy(Arranged):
    """Something is taken from one moment until another: a therapist, a room, a place in a group.

    The database itself refuses a second row that overlaps in the same ``resource_id`` and ``lane`` (an exclusion constraint
    on PostgreSQL, a trigger on SQLite; see ``scheduling.no_double_booking``). What can be had several times at once has
    as many ``lanes``. A row whose ``lapses_at`` is past counts for nothing, and is removed by whoever needs the time.
    Nothing here says who comes.
    """

    class What(models.TextChoices):
        APPOINTMENT = "appointment"
        HOLD = "hold"
        FIRST_CALL = "first_call"
        GROUP_PLACE = "group_place"

    resource_id = models.UUIDField()
    lane = models.PositiveSmallIntegerField(default=0)
    lanes = models.PositiveSmallIntegerField(default=1)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    what = models.CharField(max_length=12, choices=What)
    source_id = models.UUIDField(db_index=True)
    # Where the therapist is, for the way to the next place; none for a meeting that can be had anywhere.
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lapses_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_at__lt=F("ends_at")), name="occupancy_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(lane__lt=F("lanes")), name="no_lane_beyond_the_last"),
        ]
        indexes = [
            # What lies ahead of a moment is little; what lies behind it grows for years.
            models.Index(fields=["resource_id", "ends_at", "begins_at"], name="occupancy_ahead"),
            models.Index(
                fields=["lapses_at"], condition=Q(lapses_at__isnull=False), name="occupancy_that_lapses"
            ),
        ]

    def __str__(self) -> str:
        return f"occupancy {self.id}"


class Hold(Arranged):
    """A time kept for one person for some minutes, while they make up their mind. Its occupancy lapses with it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    lapses_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"hold {self.id}"
