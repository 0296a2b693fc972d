"""The tables of this room."""

from homeport.safety.models.violence_screen import ViolenceScreen

__all__ = ["ViolenceScreen"]
