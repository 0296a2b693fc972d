"""What a person writes for themselves."""

from homeport.core.clinical import ClinicalRow
from homeport.core.materials import Material
from homeport.core.sealed import SealedTextField


class JournalEntry(ClinicalRow):
    """One entry. Its author's alone, until they share it with their therapist."""

    material = Material.JOURNAL_ENTRY
    is_authors_own = True

    words = SealedTextField()

    def __str__(self) -> str:
        return f"journal entry {self.id}"
