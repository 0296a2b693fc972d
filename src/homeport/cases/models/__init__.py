"""The tables of this room."""

from homeport.cases.models.agreement import AgreementSignature, ConfidentialityAgreement
from homeport.cases.models.authorisation import Authorisation
from homeport.cases.models.care_team_member import CareTeamMember
from homeport.cases.models.case import Case
from homeport.cases.models.participant import Participant

__all__ = [
    "AgreementSignature",
    "Authorisation",
    "CareTeamMember",
    "Case",
    "ConfidentialityAgreement",
    "Participant",
]
