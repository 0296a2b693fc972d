"""One filling-in of an instrument: three kinds, because three kinds of people may see it."""

from typing import Any, ClassVar

from django.db import models

from homeport.assessments.models.assignment import Assignment, Kind
from homeport.core.clinical import ClinicalRow
from homeport.core.materials import Material


class Administration(ClinicalRow):
    """What is common to the three. It holds what was on the screen: key, language and the hash of the words."""

    kind: ClassVar[Kind]

    class State(models.TextChoices):
        BEGUN = "begun", "Being answered"
        LEFT = "left", "Left, and taken as sent"
        FINISHED = "finished", "Sent"

    # From each state, the states that may follow. What was left can be gone on with, and sent after all.
    TRANSITIONS = {
        State.BEGUN: {State.LEFT, State.FINISHED},
        State.LEFT: {State.FINISHED},
        State.FINISHED: set[State](),
    }

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=100)
    key_version = models.PositiveIntegerField()
    key_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=35)
    wording_hash = models.CharField(max_length=64)
    # The response format of the wording, as the key names it.
    format = models.CharField(max_length=60, blank=True)
    slot = models.CharField(max_length=40, blank=True)
    # Item ids in the order in which they are asked.
    items = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State, default=State.BEGUN)
    # When an answer first asked for somebody: from then on it counts as sent, whatever becomes of the rest.
    raised_at = models.DateTimeField(null=True)
    last_answer_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"administration {self.id}"


def _once(name: str) -> list[Any]:
    return [models.UniqueConstraint(fields=["assignment", "author_id"], name=f"{name}_is_filled_in_once")]


def _indexes(name: str) -> list[Any]:
    left = models.Q(state="begun", raised_at__isnull=False)
    return [models.Index(fields=["last_answer_at"], condition=left, name=f"{name}_left_after_a_risk")]


class OwnAdministration(Administration):
    """What a person answers about themselves."""

    material = Material.OWN_ANSWERS
    kind = Kind.OWN

    class Meta:
        constraints = _once("own")
        indexes = _indexes("own")


class ReportAdministration(Administration):
    """What one person answers about another: a parent about a child, a partner about a partner."""

    material = Material.REPORT_BY_OTHER
    kind = Kind.REPORT

    class Meta:
        constraints = _once("report")
        indexes = _indexes("report")


class AllianceAdministration(Administration):
    """How somebody feels about the work with their therapist."""

    material = Material.ALLIANCE_ANSWERS
    kind = Kind.ALLIANCE

    class Meta:
        constraints = _once("alliance")
