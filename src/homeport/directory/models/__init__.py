"""The tables of this room."""

from homeport.directory.models.fit_review import FitReview
from homeport.directory.models.free_week import FreeLook, FreeWeek
from homeport.directory.models.outcome_record import OutcomeRecord
from homeport.directory.models.profile import LOTS, Opening, Profile, ProfilePhoto
from homeport.directory.models.request import Request, visitor_id

__all__ = [
    "LOTS",
    "FitReview",
    "FreeLook",
    "FreeWeek",
    "Opening",
    "OutcomeRecord",
    "Profile",
    "ProfilePhoto",
    "Request",
    "visitor_id",
]
