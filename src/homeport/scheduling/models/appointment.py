"""Time and place of a session."""

from django.db import models
from django.db.models import F, Q

from homeport.core.clinical import ClinicalRow
from homeport.core.materials import Material
from homeport.core.sealed import SealedTextField
from homeport.people.models import Person, Therapist
from homeport.people.offers import Format
from homeport.scheduling.models.base import Arranged
from homeport.scheduling.models.offering import Offering
from homeport.scheduling.models.place import Place, Room
from homeport.scheduling.models.series import Series


class Appointment(ClinicalRow):
    """One meeting. Separate ones are about one person (``subject_id``) and invisible to everybody else in the case; joint
    ones are nobody's alone (``subject_id`` empty). ``author_id`` is who made it, client or staff.

    ``changes`` counts moves and cancellings, for calendars. ``reason`` are words: why it was wished for, or cancelled.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Waits for everybody's yes"
        BOOKED = "booked", "Booked"
        CANCELLED = "cancelled", "Cancelled"

    TRANSITIONS = {
        Status.PROPOSED: {Status.PROPOSED, Status.BOOKED, Status.CANCELLED},
        Status.BOOKED: {Status.BOOKED, Status.PROPOSED, Status.CANCELLED},
        Status.CANCELLED: set[Status](),
    }

    class Side(models.TextChoices):
        CLIENT = "client", "Whoever was to come"
        PRACTICE = "practice", "The practice"

    material = Material.APPOINTMENT

    therapist = models.ForeignKey(Therapist, on_delete=models.PROTECT, related_name="+")
    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="+")
    # As they were when it was made: an offering may change.
    kind = models.CharField(max_length=14, choices=Offering.Kind)
    way = models.CharField(max_length=10, choices=Format)
    price = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)
    begins_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    # Whose wall clock it was made by: what moves with the clocks stays at its hour there.
    zone = models.CharField(max_length=64)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=9, choices=Status, default=Status.BOOKED)
    # By when everybody must have agreed to the time.
    consent_until = models.DateTimeField(null=True, blank=True)
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.PROTECT, related_name="appointments"
    )
    # The day of the series' rule that this one stands for, wherever it was moved to.
    series_day = models.DateField(null=True, blank=True)
    changes = models.PositiveIntegerField(default=0)
    reason = SealedTextField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_side = models.CharField(max_length=8, choices=Side, blank=True)
    was_late = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_at__lt=F("ends_at")), name="an_appointment_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(subject_id__isnull=False) | Q(case_id__isnull=False),
                name="an_appointment_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled", cancelled_at__isnull=False)
                | (~Q(status="cancelled") & Q(cancelled_at=None)),
                name="a_cancelled_appointment_has_a_date",
            ),
        ]
        indexes = [
            models.Index(fields=["therapist", "begins_at"], name="a_therapists_day"),
            models.Index(fields=["series", "begins_at"], name="appointments_of_a_series"),
        ]

    def __str__(self) -> str:
        return f"appointment {self.id}"

    @property
    def is_joint(self) -> bool:
        """Whether several people come, each of whom sees it."""
        return self.subject_id is None


class AppointmentPerson(Arranged):
    """Who comes, and whether the time is right for them. To be read through its appointment only."""

    class Consent(models.TextChoices):
        ASKED = "asked", "Was asked"
        YES = "yes", "Can come"
        NO = "no", "Cannot come"

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    consent = models.CharField(max_length=5, choices=Consent, default=Consent.ASKED)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Of a group: they said that they cannot come when it was late.
    was_late = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appointment", "person"], name="a_person_comes_once")]

    def __str__(self) -> str:
        return f"appointment person {self.id}"


class CoTherapist(Arranged):
    """Another therapist who is there; their time is taken too."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="co_therapists")
    therapist = models.ForeignKey(Therapist, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appointment", "therapist"], name="a_co_therapist_is_there_once")
        ]

    def __str__(self) -> str:
        return f"co-therapist {self.id}"
