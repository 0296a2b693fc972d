"""One person's answers about fear and violence at home."""

from django.db import models

from homeport.core.clinical import ClinicalRow
from homeport.core.materials import Material
from homeport.core.sealed import SealedJSONField


class ViolenceScreen(ClinicalRow):
    """Answered on the person's own device time; then on no screen of theirs again. It opens and closes nothing by itself."""

    material = Material.VIOLENCE_SCREEN

    answers = SealedJSONField()
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"screen {self.id}"
