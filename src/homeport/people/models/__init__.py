"""The tables of this room."""

from homeport.people.models.cover import Cover
from homeport.people.models.emergency_contact import EmergencyContact
from homeport.people.models.guardianship import Guardianship
from homeport.people.models.invitation import Invitation
from homeport.people.models.licence import Licence
from homeport.people.models.person import Person
from homeport.people.models.practice import Practice
from homeport.people.models.professional_will import ProfessionalWill
from homeport.people.models.role_holding import Role, RoleHolding
from homeport.people.models.supervision import Supervision
from homeport.people.models.therapist import Therapist

__all__ = [
    "Cover",
    "EmergencyContact",
    "Guardianship",
    "Invitation",
    "Licence",
    "Person",
    "Practice",
    "ProfessionalWill",
    "Role",
    "RoleHolding",
    "Supervision",
    "Therapist",
]
