"""The tables of this room."""

from homeport.catalogue.models.donated_answers import DonatedAnswers
from homeport.catalogue.models.installed_wording import InstalledWording

__all__ = ["DonatedAnswers", "InstalledWording"]
