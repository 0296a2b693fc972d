"""What a clinician wrote down of an interview on suicide, and what it asks for."""

from django.db import models

from homeport.core.clinical import ClinicalRow
from homeport.core.materials import Material
from homeport.core.sealed import SealedJSONField
from homeport.safety.rules import Triage


class TriageRecord(ClinicalRow):
    """Its author is the clinician who asked, its subject who answered. For the case's clinicians alone, as an alert is."""

    material = Material.ALERT

    # {"answers": {"1": true, ...}, "recent": null}: yes and no by the number of the point; what was not asked is left out.
    said = SealedJSONField()
    outcome = models.CharField(max_length=8, choices=[(each.value, each.name) for each in Triage])
    alert_id = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"triage {self.id}"
