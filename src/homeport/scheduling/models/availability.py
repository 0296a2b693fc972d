"""When a therapist works: patterns, days off, hours more."""

from django.db import models
from django.db.models import F, Q

from homeport.people.models import Therapist
from homeport.scheduling.models.base import Arranged
from homeport.scheduling.models.place import Place, Room


class Pattern(Arranged):
    """Hours of one weekday, every week or every second week, in wall-clock time of ``zone``.

    ``begins`` and ``ends`` are minutes of the day. ``from_day`` is the first day on which it holds and says, every second
    week, which of the two weeks (those of Monday to Sunday) is meant. ``ways``: codes of ``people.offers.Format``; empty for
    every way. With a ``place`` the therapist is there in these hours, whatever way people meet them by.
    """

    therapist = models.ForeignKey(Therapist, on_delete=models.PROTECT, related_name="patterns")
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    begins = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=64)
    every = models.PositiveSmallIntegerField(default=1)  # weeks
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ways = models.JSONField(default=list)
    # Kinds of Offering; empty for every kind.
    kinds = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_pattern_has_a_weekday"),
            models.CheckConstraint(
                condition=Q(begins__lt=F("ends"), ends__lte=1440), name="a_pattern_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(every__gte=1, every__lte=8), name="a_pattern_recurs"),
            models.CheckConstraint(
                condition=Q(until_day=None) | Q(until_day__gte=F("from_day")), name="a_pattern_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"pattern {self.id}"


class _Between(Arranged):
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        abstract = True


class Away(_Between):
    """Nobody can be booked then. Without a therapist it is a holiday of the whole practice, or of one place.

    Appointments that were made before stay; the page that writes it down says which.
    """

    therapist = models.ForeignKey(
        Therapist, null=True, blank=True, on_delete=models.PROTECT, related_name="away"
    )
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # What people may read: "Family Day". Never why a therapist is away.
    name = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(begins_at__lt=F("ends_at")), name="away_ends_after_it_begins")
        ]
        indexes = [models.Index(fields=["therapist", "ends_at"], name="away_by_therapist")]

    def __str__(self) -> str:
        return f"away {self.id}"


class Extra(_Between):
    """Hours more, on one day. They open time that a holiday would close."""

    therapist = models.ForeignKey(Therapist, on_delete=models.PROTECT, related_name="extra")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ways = models.JSONField(default=list)
    kinds = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(begins_at__lt=F("ends_at")), name="extra_ends_after_it_begins")
        ]
        indexes = [models.Index(fields=["therapist", "ends_at"], name="extra_by_therapist")]

    def __str__(self) -> str:
        return f"extra {self.id}"
