"""Meetings that recur."""

from django.db import models

from homeport.core.clinical import ClinicalRow
from homeport.core.materials import Material
from homeport.scheduling.models.offering import Offering
from homeport.scheduling.models.place import Place


class Series(ClinicalRow):
    """A rule in wall-clock time of a zone (see ``scheduling.recurrence``); each meeting of it is an appointment of its own.

    Subject and case are those of its appointments. "This and all that follow" ends one series and begins another, which
    names the first as ``follows_id``.
    """

    material = Material.APPOINTMENT

    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # ``Rule.as_data``: unit, interval, first day, minute of the day, zone, until or count, days left out.
    rule = models.JSONField()
    follows_id = models.UUIDField(null=True, blank=True)
    # Grows with whatever happens to the rule or to any of its meetings: calendars keep the file with the higher number.
    changes = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"series {self.id}"
