"""What can be booked with a therapist."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from homeport.people.models import Therapist
from homeport.people.offers import Format
from homeport.scheduling.models.base import Arranged


class Offering(Arranged):
    """One kind of meeting, met in one way: how long it takes, what it costs, and the quiet before and after it.

    Offerings are never deleted: appointments name them. One that is not ``is_open`` is booked no more.
    """

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", _("One person")
        COUPLE = "couple", _("A couple")
        FAMILY = "family", _("A family")
        PARENT_CHILD = "parent_child", _("A parent and child")
        GROUP = "group", _("A group")
        FIRST_CALL = "first_call", _("A free first call")

    therapist = models.ForeignKey(Therapist, on_delete=models.PROTECT, related_name="offerings")
    kind = models.CharField(max_length=14, choices=Kind)
    way = models.CharField(max_length=10, choices=Format)
    minutes = models.PositiveSmallIntegerField(default=50)
    # In the smallest unit of the currency.
    price = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)
    # Minutes kept free around it. They add up with those of its neighbours.
    buffer_before = models.PositiveSmallIntegerField(default=0)
    buffer_after = models.PositiveSmallIntegerField(default=10)
    # Minutes from one bookable start to the next, from the beginning of the open time; 0: length and buffers together.
    step = models.PositiveSmallIntegerField(default=0)
    # In a group: how many can come. Elsewhere how many people a room must hold, besides the therapist.
    places = models.PositiveSmallIntegerField(default=1)
    # Whether clients book it for themselves, or only the practice does.
    by_clients = models.BooleanField(default=True)
    is_open = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["therapist", "kind", "way"],
                condition=models.Q(is_open=True),
                name="one_offering_of_a_kind_and_way",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=5, minutes__lte=480), name="a_meeting_has_a_length"
            ),
            models.CheckConstraint(condition=models.Q(places__gte=1), name="somebody_comes"),
            models.CheckConstraint(
                condition=models.Q(buffer_before__lte=240, buffer_after__lte=240), name="buffers_are_short"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.way})"

    @property
    def grid(self) -> int:
        """Minutes from one bookable start to the next."""
        return self.step or self.minutes + self.buffer_before + self.buffer_after
