"""What a person fills in about themselves. What cannot be so, the services say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from homeport.core.words import LineField
from homeport.people.languages import languages
from homeport.people.models import Person
from homeport.people.policies import zones


def zone_choices() -> list[tuple[str, str]]:
    """(name, how it is shown) of every time zone that is named after a place, and UTC."""
    places = [name for name in zones() if not name.startswith("Etc/")]
    return [(name, name.replace("_", " ").replace("/", " / ")) for name in places]


class AboutMeForm(forms.Form):
    """Names, pronouns, language and zone."""

    name = LineField(
        max_length=120, error_messages={"required": _("Please write a name. It can be a short one.")}
    )
    called = LineField(max_length=60, required=False)
    pronouns = LineField(max_length=40, required=False)
    language = forms.ChoiceField(choices=languages)
    zone = forms.ChoiceField(
        choices=zone_choices,
        error_messages={"required": _("Please choose where you are, so that times are right.")},
    )
    version = forms.IntegerField(required=False, min_value=0)

    def said(self) -> dict[str, Any]:
        """What was filled in, by the person's fields."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @staticmethod
    def values(person: Person) -> dict[str, Any]:
        """What the form shows of a person at first."""
        return {name: getattr(person, name) for name in AboutMeForm.base_fields}


class ContactForm(forms.Form):
    """How somebody wants to be reached, and how not."""

    phone = forms.CharField(max_length=32, required=False)
    may_mail = forms.BooleanField(required=False)
    may_call = forms.BooleanField(required=False)
    may_text = forms.BooleanField(required=False)
    never_at_home = forms.BooleanField(required=False)
    wants_neutral_sender = forms.BooleanField(required=False)
    version = forms.IntegerField(min_value=0)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if (said.get("may_call") or said.get("may_text")) and "phone" in said and not said["phone"]:
            self.add_error("phone", _("Please write the number to call or to text, or untick both."))
        return said

    def said(self) -> dict[str, Any]:
        """What was filled in, by the person's fields."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @staticmethod
    def values(person: Person) -> dict[str, Any]:
        """What the form shows of a person at first."""
        return {name: getattr(person, name) for name in ContactForm.base_fields}
