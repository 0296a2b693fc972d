"""That somebody in a case of several people is to be met alone, and when they were."""

from django.db import models
from django.db.models import Q

from homeport.core.clinical import ClinicalRow
from homeport.core.materials import Material


class FirstMeeting(ClinicalRow):
    """Its subject is whoever is to be met; put down by the installation in the name of the case's lead therapist.

    As private as an appointment of one's own: the others in the case see neither it nor whether it took place.
    """

    material = Material.APPOINTMENT

    met_at = models.DateTimeField(null=True)
    met_by_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_id", "subject_id", "author_id"],
                condition=Q(met_at=None),
                name="one_first_meeting_waits_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"first meeting {self.id}"
