"""Where people meet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from homeport.scheduling.models.base import Arranged


class Access(models.TextChoices):
    """What makes a place reachable, as codes that can be searched."""

    STEP_FREE = "step_free", _("Step-free from the street")
    LIFT = "lift", _("Lift")
    TOILET = "toilet", _("Accessible toilet")
    PARKING = "parking", _("Accessible parking")
    TRANSIT = "transit", _("Near a bus or train stop")
    HEARING_LOOP = "hearing_loop", _("Hearing loop")
    QUIET = "quiet", _("Quiet waiting area")
    FRAGRANCE_FREE = "fragrance_free", _("Fragrance-free")
    SERVICE_ANIMALS = "service_animals", _("Assistance animals welcome")
    GENDER_NEUTRAL_TOILET = "gender_neutral_toilet", _("Gender-neutral toilet")


class Place(Arranged):
    """One address of the practice, with the zone its clocks keep. Coordinates are degrees (WGS 84), for distances."""

    name = models.CharField(max_length=80, unique=True)
    address = models.CharField(max_length=300, blank=True)
    zone = models.CharField(max_length=64)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    # Codes of Access.
    accessibility = models.JSONField(default=list)
    # What to know on the way: the bell, the floor.
    directions = models.CharField(max_length=500, blank=True)
    is_open = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class Room(Arranged):
    """One room of a place. One session at a time is in it; ``capacity`` is how many people fit, therapists included."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=60)
    capacity = models.PositiveSmallIntegerField(default=4)
    is_open = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="a_room_has_its_name"),
            models.CheckConstraint(condition=models.Q(capacity__gte=1), name="somebody_fits_in_a_room"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.place_id})"


class Travel(Arranged):
    """Minutes from one place to another. Where only one direction is written down, it holds both ways."""

    from_place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    to_place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["from_place", "to_place"], name="one_way_between_two_places"),
            models.CheckConstraint(
                condition=~models.Q(from_place=models.F("to_place")), name="nobody_travels_where_they_are"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} minutes"
