"""What a therapist says of themselves to everybody. Nothing here is private, and nothing is about a client."""

from uuid import UUID

from django.db import models

from homeport.core.clock import now
from homeport.core.ids import new_id
from homeport.people.models import Therapist
from homeport.people.offers import Faith, Gender, Together

LOTS = 10_007  # a prime: multiplied by the number of the day, every lot finds another place among them


def _row_id() -> UUID:
    return new_id("directory")


class Profile(models.Model):
    """A page in the directory. Whether it is shown, the query decides each time: see ``homeport.directory.visible``.

    ``concerns``, ``identities``, ``access``: lists of plain codes. ``usual``: the parts of the week with time for somebody
    new (``homeport.directory.week``), on the clock of the therapist's zone. ``lot``: drawn once; with the day it orders
    lists, so that nobody always stands on top. ``words``: what full text finds, made from the rest.
    """

    id = models.UUIDField(primary_key=True, default=_row_id, editable=False)
    therapist = models.OneToOneField(Therapist, on_delete=models.PROTECT, related_name="profile")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120, blank=True)
    greeting = models.CharField(max_length=240, blank=True)
    about = models.TextField(blank=True)
    first_time = models.TextField(blank=True)
    concerns = models.JSONField(default=list, blank=True)
    gender = models.CharField(max_length=12, choices=Gender, blank=True)
    identities = models.JSONField(default=list, blank=True)
    faith = models.CharField(max_length=12, choices=Faith, blank=True)
    access = models.JSONField(default=list, blank=True)
    access_note = models.CharField(max_length=240, blank=True)
    practising_since = models.PositiveSmallIntegerField(null=True, blank=True)
    # The least that is asked of people who cannot pay the whole fee, in the smallest unit; None where it is not said.
    lowest_fee = models.PositiveIntegerField(null=True, blank=True)
    town = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=10, blank=True)
    whereabouts = models.CharField(max_length=120, blank=True)
    latitude = models.FloatField(null=True, blank=True, db_index=True)
    longitude = models.FloatField(null=True, blank=True)
    # The unit vector of the place: see ``homeport.directory.distance``.
    x = models.FloatField(null=True, blank=True, editable=False)
    y = models.FloatField(null=True, blank=True, editable=False)
    z = models.FloatField(null=True, blank=True, editable=False)
    usual = models.PositiveIntegerField(default=0)
    lot = models.PositiveSmallIntegerField(default=0, editable=False)
    words = models.TextField(blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            # The towns to choose from are read from it alone; profiles are wide.
            models.Index(
                fields=["region", "town", "latitude", "longitude"],
                condition=models.Q(published_at__isnull=False),
                name="directory_towns",
            ),
            # Whose page is up, for what is asked of therapists and persons.
            models.Index(
                fields=["therapist"], condition=models.Q(published_at__isnull=False), name="directory_up"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None, x=None, y=None, z=None)
                | models.Q(
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                    x__isnull=False,
                    y__isnull=False,
                    z__isnull=False,
                ),
                name="a_place_is_whole",
            ),
            models.CheckConstraint(condition=models.Q(lot__lt=LOTS), name="a_lot_is_drawn_from_all"),
        ]

    def __str__(self) -> str:
        return f"profile {self.id}"

    @property
    def is_published(self) -> bool:
        """Whether its therapist put it up. That alone shows it to nobody: the licence must stand as well."""
        return self.published_at is not None

    @property
    def tone(self) -> str:
        """The colour of the page where there is no picture: one of four, by lot."""
        return ("sea", "sun", "moss", "plum")[self.lot % 4]


class Opening(models.Model):
    """A format that a therapist offers, and for how many new people there is room in it now."""

    id = models.UUIDField(primary_key=True, default=_row_id, editable=False)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="openings")
    format = models.CharField(max_length=12, choices=Together)
    places = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "format"], name="a_format_is_offered_once"),
        ]
        indexes = [models.Index(fields=["format", "places"], name="directory_room")]

    def __str__(self) -> str:
        return f"{self.format} of profile {self.profile_id}"


class ProfilePhoto(models.Model):
    """A picture that we drew anew from the one that was sent: bounded, without whatever else its file held."""

    id = models.UUIDField(primary_key=True, default=_row_id, editable=False)
    profile = models.OneToOneField(Profile, on_delete=models.CASCADE, related_name="photo")
    alt = models.CharField(max_length=160)
    # Two sizes of one picture, WebP.
    large = models.BinaryField()
    small = models.BinaryField()
    changed_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"photo of profile {self.profile_id}"
