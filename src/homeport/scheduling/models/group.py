"""A group that people can join."""

from uuid import UUID

from django.db import models

from homeport.scheduling.models.base import Arranged
from homeport.scheduling.models.offering import Offering


class Group(Arranged):
    """How many places a group has, and who may take one: it belongs to one case, whose participants are its members.

    ``is_open``: clients of those who lead it take a place by themselves; otherwise staff place them. ``name`` and ``about``
    are read by clients, and by nobody outside; when it meets and whether a place is free, by everybody where it is open.
    """

    case_id: "models.UUIDField[UUID, UUID]" = models.UUIDField(unique=True)
    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(max_length=60)
    about = models.CharField(max_length=300, blank=True)
    places = models.PositiveSmallIntegerField(default=8)
    is_open = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(places__gte=1), name="a_group_has_places")]

    def __str__(self) -> str:
        return f"group {self.id}"
