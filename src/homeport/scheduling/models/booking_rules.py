"""How early, how late."""

from django.db import models

from homeport.people.models import Therapist
from homeport.scheduling.models.base import Arranged


class BookingRules(Arranged):
    """The practice's rules (``therapist`` empty, one row), or one therapist's own, which then stand alone.

    ``notice``: minutes before a time when clients can still book it. ``horizon``: days ahead that clients see.
    ``late``: minutes before a time from which a client's cancelling counts as late, and they move it no more.
    ``hold``: minutes that a time is kept for somebody who is booking it. ``offer``: minutes that a freed time is kept for
    whoever was waiting for it. ``consent``: hours in which everybody must agree to the time of a joint appointment.
    """

    therapist = models.OneToOneField(
        Therapist, null=True, blank=True, on_delete=models.CASCADE, related_name="booking_rules"
    )
    notice = models.PositiveIntegerField(default=24 * 60)
    horizon = models.PositiveSmallIntegerField(default=90)
    late = models.PositiveIntegerField(default=24 * 60)
    # Of the price, in hundredths, that a late cancellation costs.
    late_share = models.PositiveSmallIntegerField(default=100)
    hold = models.PositiveSmallIntegerField(default=15)
    offer = models.PositiveIntegerField(default=12 * 60)
    consent = models.PositiveSmallIntegerField(default=72)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(therapist=None), name="one_set_of_rules_of_the_practice"
            ),
            models.CheckConstraint(
                condition=models.Q(horizon__gte=1, horizon__lte=730), name="a_horizon_within_two_years"
            ),
            models.CheckConstraint(condition=models.Q(late_share__lte=100), name="no_more_than_the_price"),
        ]

    def __str__(self) -> str:
        return f"booking rules {self.id}"
