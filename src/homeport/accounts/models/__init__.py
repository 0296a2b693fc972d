"""The tables of this room."""

from homeport.accounts.models.kept_draft import KeptDraft
from homeport.accounts.models.kept_result import KeptResult
from homeport.accounts.models.session import Session
from homeport.accounts.models.shared import Shared
from homeport.accounts.models.tries import Tries
from homeport.accounts.models.user import User

__all__ = ["KeptDraft", "KeptResult", "Session", "Shared", "Tries", "User"]
