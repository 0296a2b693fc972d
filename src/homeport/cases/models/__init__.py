"""The tables of this room."""

from homeport.cases.models.agreement import AgreementSignature, ConfidentialityAgreement
from homeport.cases.models.authorisation import Authorisation
from homeport.cases.models.care_team_member import CareTeamMember
from homeport.cases.models.case import Case
from homeport.cases.models.consent_signature import ConsentSignature
from homeport.cases.models.format_decision import FormatDecision
from homeport.cases.models.guardian_narrowing import GuardianNarrowing
from homeport.cases.models.participant import Participant
from homeport.cases.models.practice_text import PracticeText
from homeport.cases.models.treatment_consent import TreatmentConsent

__all__ = [
    "AgreementSignature",
    "Authorisation",
    "CareTeamMember",
    "Case",
    "ConfidentialityAgreement",
    "ConsentSignature",
    "FormatDecision",
    "GuardianNarrowing",
    "Participant",
    "PracticeText",
    "TreatmentConsent",
]
