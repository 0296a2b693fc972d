"""The tables of this room."""

from homeport.directory.models.profile import LOTS, Opening, Profile, ProfilePhoto

__all__ = ["LOTS", "Opening", "Profile", "ProfilePhoto"]
