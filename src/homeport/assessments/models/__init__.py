"""The tables of this room."""

from homeport.assessments.models.administration import (
    Administration,
    AllianceAdministration,
    OwnAdministration,
    ReportAdministration,
)
from homeport.assessments.models.answer import AllianceAnswer, Answer, OwnAnswer, ReportAnswer
from homeport.assessments.models.assignment import Assignment, Kind
from homeport.assessments.models.intake_form import ChildIntake, FilledIn, IntakeForm
from homeport.assessments.models.kinds import TABLES, Tables, tables_for
from homeport.assessments.models.score import AllianceScore, OwnScore, ReportScore, Score

__all__ = [
    "TABLES",
    "Administration",
    "AllianceAdministration",
    "AllianceAnswer",
    "AllianceScore",
    "Answer",
    "Assignment",
    "ChildIntake",
    "FilledIn",
    "IntakeForm",
    "Kind",
    "OwnAdministration",
    "OwnAnswer",
    "OwnScore",
    "ReportAdministration",
    "ReportAnswer",
    "ReportScore",
    "Score",
    "Tables",
    "tables_for",
]
