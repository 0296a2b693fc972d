"""What came out of the answers, by which key."""

from typing import Any

from django.db import models
from django.db.models import Q

from homeport.assessments.models.administration import (
    Administration,
    AllianceAdministration,
    OwnAdministration,
    ReportAdministration,
)
from homeport.core.clinical import ClinicalRow
from homeport.core.materials import Material


class Score(ClinicalRow):
    """One scale. Never changed: whoever scores again leaves the earlier one standing, with its end and the reason."""

    administration: Any
    administration_id: Any
    instrument = models.CharField(max_length=100)
    key_version = models.PositiveIntegerField()
    key_hash = models.CharField(max_length=64)
    scale = models.CharField(max_length=60)
    # None where too little was answered; then ``why`` says so.
    value = models.FloatField(null=True)
    # In the units of the score, from a reliability of the key; None where it has none.
    standard_error = models.FloatField(null=True)
    answered = models.PositiveSmallIntegerField()
    of = models.PositiveSmallIntegerField()
    # Missing answers were made up for by the others, as the key's rule allows.
    filled = models.BooleanField(default=False)
    why = models.CharField(max_length=200, blank=True)
    band = models.CharField(max_length=60, blank=True)
    replaced_at = models.DateTimeField(null=True)
    replaced_because = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"score {self.id}"


def _of(kind: type[Administration]) -> Any:
    return models.ForeignKey(kind, on_delete=models.PROTECT, related_name="scores")


def _current(name: str) -> list[Any]:
    fields = ["administration", "scale", "author_id"]
    return [
        models.UniqueConstraint(
            fields=fields, condition=Q(replaced_at=None), name=f"{name}_scale_is_scored_once"
        )
    ]


class OwnScore(Score):
    """Of what a person answered about themselves."""

    material = Material.OWN_ANSWERS
    administration = _of(OwnAdministration)

    class Meta:
        constraints = _current("own")


class ReportScore(Score):
    """Of what one person answered about another."""

    material = Material.REPORT_BY_OTHER
    administration = _of(ReportAdministration)

    class Meta:
        constraints = _current("report")


class AllianceScore(Score):
    """Of what somebody answered about the work with their therapist."""

    material = Material.ALLIANCE_ANSWERS
    administration = _of(AllianceAdministration)

    class Meta:
        constraints = _current("alliance")
