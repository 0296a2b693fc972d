"""One person's answers about fear and violence at home."""

from django.db import models

from homeport.access.table import When
from homeport.core.clinical import ClinicalRow
from homeport.core.materials import Material
from homeport.core.sealed import SealedJSONField


class ViolenceScreen(ClinicalRow):
    """Answered on the person's own device time; then on no screen of theirs again. It opens and closes nothing by itself.

    Its author is who answers, from the moment it is asked. A re-screen is a row of its own.
    """

    material = Material.VIOLENCE_SCREEN

    # {"id", "version", "language", "hash"} of the questions, and {"answers"} by question; nothing is sealed until answered.
    answers = SealedJSONField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_id", "author_id"],
                condition=models.Q(answered_at=None),
                name="one_screen_waits_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"screen {self.id}"

    def access_conditions(self) -> frozenset[str]:
        return frozenset({When.WAITING}) if self.answered_at is None else frozenset()

    @classmethod
    def access_condition(cls, name: str) -> models.Q:
        return models.Q(answered_at=None) if name == When.WAITING else super().access_condition(name)
