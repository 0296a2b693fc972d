"""One answer to one question, kept the moment it is sent."""

from typing import Any

from django.db import models

from homeport.assessments.models.administration import (
    Administration,
    AllianceAdministration,
    OwnAdministration,
    ReportAdministration,
)
from homeport.core.clinical import ClinicalRow
from homeport.core.materials import Material
from homeport.core.sealed import SealedJSONField


class Answer(ClinicalRow):
    """A raw answer, sealed. ``said``: {"value": 2}; a value of None was skipped. What is not there was not answered yet."""

    administration: Any
    administration_id: Any
    item = models.CharField(max_length=100)
    said = SealedJSONField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"answer {self.id}"

    @property
    def value(self) -> int | None:
        """The raw answer; None where the question was skipped."""
        value: int | None = self.said["value"]
        return value


def _in(kind: type[Administration]) -> Any:
    return models.ForeignKey(kind, on_delete=models.PROTECT, related_name="answers")


def _once(name: str) -> list[Any]:
    return [
        models.UniqueConstraint(
            fields=["administration", "item", "author_id"], name=f"{name}_item_is_answered_once"
        )
    ]


class OwnAnswer(Answer):
    """Of what a person answers about themselves."""

    material = Material.OWN_ANSWERS
    administration = _in(OwnAdministration)

    class Meta:
        constraints = _once("own")


class ReportAnswer(Answer):
    """Of what one person answers about another."""

    material = Material.REPORT_BY_OTHER
    administration = _in(ReportAdministration)

    class Meta:
        constraints = _once("report")


class AllianceAnswer(Answer):
    """Of what somebody answers about the work with their therapist."""

    material = Material.ALLIANCE_ANSWERS
    administration = _in(AllianceAdministration)

    class Meta:
        constraints = _once("alliance")
