"""What was added to a signed note."""

from django.db import models

from homeport.core.clinical import ClinicalRow
from homeport.core.materials import Material
from homeport.core.sealed import SealedTextField
from homeport.encounters.models.session_note import SessionNote


class NoteAddition(ClinicalRow):
    """Written under a signed note by whoever treats the case; never changed. It is released on its own, or not."""

    material = Material.SESSION_NOTE

    note = models.ForeignKey(SessionNote, on_delete=models.PROTECT, related_name="additions")
    words = SealedTextField()

    def __str__(self) -> str:
        return f"addition {self.id}"
