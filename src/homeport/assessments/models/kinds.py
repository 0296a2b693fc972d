"""Which tables belong together."""

from typing import Any, NamedTuple

from homeport.assessments.models.administration import (
    AllianceAdministration,
    OwnAdministration,
    ReportAdministration,
)
from homeport.assessments.models.answer import AllianceAnswer, OwnAnswer, ReportAnswer
from homeport.assessments.models.assignment import Kind
from homeport.assessments.models.score import AllianceScore, OwnScore, ReportScore


class Tables(NamedTuple):
    """The tables of one kind. (The concrete classes share no manager that a type could name.)"""

    administration: Any
    answer: Any
    score: Any


TABLES: dict[Kind, Tables] = {
    Kind.OWN: Tables(OwnAdministration, OwnAnswer, OwnScore),
    Kind.REPORT: Tables(ReportAdministration, ReportAnswer, ReportScore),
    Kind.ALLIANCE: Tables(AllianceAdministration, AllianceAnswer, AllianceScore),
}


def tables_for(kind: str) -> Tables:
    """The tables of this kind. Raises ``ValueError`` for none."""
    return TABLES[Kind(kind)]
