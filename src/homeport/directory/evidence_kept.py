"""The records of outcomes that the practice brought in."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from homeport.directory.concerns import Concern
from homeport.directory.evidence import Record, Records
from homeport.directory.models import OutcomeRecord


def records_of(therapist_ids: Collection[UUID], concerns: Collection[Concern]) -> Mapping[UUID, Records]:
    """The records of these therapists with these concerns. One query, however many are asked for."""
    rows = OutcomeRecord.objects.filter(therapist_id__in=therapist_ids, concern__in=concerns)
    found: dict[UUID, dict[Concern, Record]] = defaultdict(dict)
    for therapist_id, concern, people, mean in rows.values_list("therapist_id", "concern", "people", "mean"):
        found[therapist_id][Concern(concern)] = Record(people, mean)
    return found
