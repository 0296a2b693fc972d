"""The tables of this room."""

from homeport.access.models.broken_glass import BrokenGlass
from homeport.access.models.release import Release

__all__ = ["BrokenGlass", "Release"]
