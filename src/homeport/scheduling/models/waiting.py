"""Who would like a time as soon as there is one."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from homeport.core.clock import now
from homeport.people.models import Person, Therapist
from homeport.people.offers import Format
from homeport.scheduling.models.base import Arranged
from homeport.scheduling.models.group import Group
from homeport.scheduling.models.occupancy import Hold
from homeport.scheduling.models.offering import Offering


class Waiting(Arranged):
    """One person's wish for a time with one therapist. The order is that of ``since``; it holds no words.

    ``case_id`` is the case the appointment would belong to, none for somebody new. ``weekdays`` (0 is Monday) and the
    minutes ``not_before`` and ``not_after`` of the day, in ``zone``, say which times would do; empty for any.
    """

    therapist = models.ForeignKey(Therapist, on_delete=models.PROTECT, related_name="waiting")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    case_id: "models.UUIDField[UUID | None, UUID | None]" = models.UUIDField(null=True, blank=True)
    kind = models.CharField(max_length=14, choices=Offering.Kind)
    way = models.CharField(max_length=10, choices=Format, blank=True)
    zone = models.CharField(max_length=64)
    weekdays = models.JSONField(default=list)
    not_before = models.PositiveSmallIntegerField(default=0)
    not_after = models.PositiveSmallIntegerField(default=1440)
    since = models.DateTimeField(default=now)
    # The time that is kept for them now; whoever lets an offer lapse goes on waiting, behind nobody but that time.
    hold = models.OneToOneField(
        Hold, null=True, blank=True, on_delete=models.SET_NULL, related_name="waiting"
    )
    # Beginnings that were offered and not taken, so that each is offered once: ISO moments.
    # For a place in this group, rather than for a time.
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.CASCADE, related_name="waiting")
    # Until when the place is kept for them.
    offered_until = models.DateTimeField(null=True, blank=True)
    passed = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["therapist", "person", "kind"],
                condition=Q(ended_at=None, group=None),
                name="a_person_waits_once",
            ),
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=Q(ended_at=None, group__isnull=False),
                name="a_person_waits_once_for_a_group",
            ),
        ]
        indexes = [
            models.Index(fields=["therapist", "since"], condition=Q(ended_at=None), name="waiting_in_order")
        ]

    def __str__(self) -> str:
        return f"waiting {self.id}"
