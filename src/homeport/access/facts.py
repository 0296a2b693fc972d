"""What a decision needs to know of one row, besides who asks."""

from dataclasses import dataclass
from uuid import UUID

from homeport.access.table import WRITTEN_BY_STAFF, When
from homeport.core.materials import Material


@dataclass(frozen=True, slots=True)
class RowFacts:
    """One row as the table sees it.

    ``conditions`` are those that hold for this row and this person, computed with the row (see ``rows.annotated``).
    """

    material: Material
    author_id: UUID
    subject_id: UUID | None
    case_id: UUID | None
    conditions: frozenset[When] = frozenset()

    @property
    def owner_id(self) -> UUID | None:
        """Whose it is. Nobody's alone, where staff wrote it about all of the case."""
        return self.subject_id if self.material in WRITTEN_BY_STAFF else self.author_id

    @property
    def is_joint(self) -> bool:
        """Whether it is about the case as a whole and not about one person."""
        return self.case_id is not None and self.subject_id is None
