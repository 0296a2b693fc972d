"""Put one row before a clinician by name, and take it from before them again."""

from uuid import UUID

from homeport.access.models import Release
from homeport.access.table import TABLE, Relation
from homeport.core.clinical import ClinicalRow
from homeport.core.clock import now


def put_before(*, row: ClinicalRow, person_id: UUID, given_by_id: UUID) -> None:
    """Let this clinician see the row, and answer it, from now on. In the transaction of the service that decided it.

    Only material whose table has a column for whoever it is put before can be. Doing it twice changes nothing.
    """
    if Relation.NAMED not in TABLE[row.material]:
        raise ValueError(f"{row.material} is put before nobody.")
    Release.objects.get_or_create(
        row_id=row.pk,
        recipient_id=person_id,
        until_at=None,
        defaults={"material": row.material, "case_id": row.case_id, "given_by_id": given_by_id},
    )


def take_from_before(*, row: ClinicalRow, person_id: UUID) -> None:
    """From now on they see it no more. That they did stays on record."""
    Release.objects.filter(row_id=row.pk, recipient_id=person_id, until_at=None).update(until_at=now())
