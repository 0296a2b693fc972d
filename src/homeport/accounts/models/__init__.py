"""The tables of this room."""

from homeport.accounts.models.user import User

__all__ = ["User"]
