"""What a practice manager fills in about places."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from homeport.people.forms.fields import line, one_of, some_of, version, whole, words, yes, zone_choices
from homeport.scheduling.forms.hours import AwayForm
from homeport.scheduling.models import Access, Place, Room


class PlaceForm(forms.Form):
    """One address of the practice."""

    name = line(_("What you call it"), empty=_("Give it a name."), longest=80)
    address = line(_("Address"), longest=300)
    zone = one_of(_("Time zone"), zone_choices)
    directions = words(_("How to get in"), longest=500, help_text=_("The bell, the floor, where to wait."))
    accessibility = some_of(_("What makes it reachable"), Access.choices, required=False)
    latitude = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90, required=False)
    longitude = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180, required=False)
    is_open = yes(_("People meet here"))
    version = version()

    def said(self) -> dict[str, Any]:
        """The fields of a place."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @staticmethod
    def values(place: Place) -> dict[str, Any]:
        """What the form shows at first."""
        return {name: getattr(place, name) for name in PlaceForm.base_fields}


class RoomForm(forms.Form):
    """One room of a place."""

    name = line(_("Name of the room"), empty=_("Give it a name."), longest=60)
    capacity = whole(_("How many people fit"), least=1, most=200, initial=4)
    is_open = yes(_("It can be used"))
    version = version()

    def said(self) -> dict[str, Any]:
        """The fields of a room."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @staticmethod
    def values(room: Room) -> dict[str, Any]:
        """What the form shows at first."""
        return {name: getattr(room, name) for name in RoomForm.base_fields}


class HolidayForm(AwayForm):
    """Days on which nobody is met here."""

    name = line(
        _("What it is"), empty=_("Write what it is."), longest=80, help_text=_("Such as: Family Day.")
    )
