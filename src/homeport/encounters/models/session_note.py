"""The record of a session."""

from django.db import models

from homeport.core.clinical import ClinicalRow
from homeport.core.materials import Material
from homeport.core.sealed import SealedTextField


class SessionNote(ClinicalRow):
    """A draft until it is signed; from then on never changed. Of a joint session when it is about nobody alone."""

    material = Material.SESSION_NOTE

    words = SealedTextField()
    signed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"session note {self.id}"
