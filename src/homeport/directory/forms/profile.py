"""A therapist's own page about themselves, as a form."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from homeport.directory.concerns import OFFERED
from homeport.directory.models import Profile
from homeport.directory.week import DAYS, PARTS, as_number, as_slots
from homeport.people.forms.fields import jurisdiction_choices, line, one_of, some_of, version, words
from homeport.people.forms.work import fee
from homeport.people.offers import Access, Faith, Gender, Identity, Together

DAY_NAMES = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
PART_NAMES = (_("morning"), _("afternoon"), _("evening"))
SAME = ("title", "greeting", "about", "first_time", "concerns", "gender", "identities", "faith", "access", "access_note",
        "practising_since", "town", "region", "whereabouts", "latitude", "longitude")  # fmt: skip


def slots() -> list[tuple[str, str]]:
    """(code, words) of every part of the week."""
    return [
        (f"{day}-{part}", f"{day_name} {part_name}")
        for day, day_name in zip(DAYS, DAY_NAMES, strict=True)
        for part, part_name in zip(PARTS, PART_NAMES, strict=True)
    ]


def _places(label: Any) -> forms.IntegerField:
    wrong = _("Write how many new people you have room for, from 0 to 99.")
    said = dict.fromkeys(("invalid", "min_value", "max_value"), wrong)
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=99,
        error_messages=said,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


def _degrees(label: Any, most: int, **more: Any) -> forms.FloatField:
    wrong = _("Write degrees as a number, such as 43.65.")
    said = dict.fromkeys(("invalid", "min_value", "max_value"), wrong)
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    return forms.FloatField(
        label=label,
        required=False,
        min_value=-most,
        max_value=most,
        error_messages=said,
        widget=widget,
        **more,
    )


class ProfileForm(forms.Form):
    """What everybody may read, besides what they offer and their licences."""

    title = line(_("What you are"), help_text=_("Such as: Registered psychotherapist."))
    greeting = line(
        _("One sentence to somebody who is looking"),
        longest=240,
        help_text=_("It stands in the list."),
    )
    about = words(
        _("How you work"),
        longest=6_000,
        help_text=_("In your own words. A line between two thoughts; **bold** and lists with - work."),
    )
    first_time = words(_("What the first time is like"), longest=2_000)
    concerns = some_of(
        _("What people come to you for"), [(each.value, each.label) for each in OFFERED], required=False
    )
    usual = some_of(
        _("When you usually have time for somebody new"),
        slots,
        required=False,
        help_text=_("On your own clock. It helps people to look; what is really free, your calendar says."),
    )
    region = one_of(_("Where your room is"), jurisdiction_choices, required=False)
    town = line(_("Town, or part of it"), longest=80)
    whereabouts = line(_("How to find it"), help_text=_("Such as: five minutes from King station."))
    latitude = _degrees(_("Degrees north"), 90, help_text=_("So that people can look for who is near."))
    longitude = _degrees(
        _("Degrees east"), 180, help_text=_("West of Greenwich with a minus, such as -79.38.")
    )
    access = some_of(_("What makes it easier to come"), Access.choices, required=False)
    access_note = line(_("More about that"), longest=240)
    lowest_fee = fee(_("The least you ask of people who cannot pay the whole fee"))
    practising_since = forms.IntegerField(
        label=_("Working as a therapist since"),
        required=False,
        error_messages={"invalid": _("Write the year in which you began, such as 2012.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    gender = one_of(_("Gender"), Gender.choices, required=False)
    identities = some_of(_("What you share with some who look"), Identity.choices, required=False)
    faith = one_of(_("Faith"), Faith.choices, required=False)
    version = version()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in Together:
            self.fields[f"room_{kind.value}"] = _places(kind.label)

    def rooms(self) -> list[forms.BoundField]:
        """The fields that ask how many there is room for."""
        return [self[f"room_{kind.value}"] for kind in Together]

    def changes(self) -> dict[str, Any]:
        """What was filled in, by the profile's fields."""
        said = self.cleaned_data
        least = said["lowest_fee"]
        return {
            **{name: said[name] for name in SAME},
            "usual": as_number(said["usual"]),
            "lowest_fee": None if least is None else int(least * 100),
        }

    def places(self) -> dict[str, int | None]:
        """Room by format, None for one that is not offered."""
        return {kind.value: self.cleaned_data[f"room_{kind.value}"] for kind in Together}

    @staticmethod
    def values(profile: Profile) -> dict[str, Any]:
        """What the form shows at first."""
        held = {one.format: one.places for one in profile.openings.all()}
        least = profile.lowest_fee
        return {
            **{name: getattr(profile, name) for name in SAME},
            "usual": list(as_slots(profile.usual)),
            "lowest_fee": None if least is None else Decimal(least).scaleb(-2),
            "version": profile.version,
            **{f"room_{name}": number for name, number in held.items()},
        }


class PhotoForm(forms.Form):
    """A picture, and words for those who cannot see it."""

    photo = forms.FileField(
        label=_("A picture of you"),
        required=False,
        help_text=_("JPEG, PNG or WebP, at most 8 MB. We cut it to shape and keep nothing else of the file."),
        error_messages={"empty": _("This file is empty.")},
    )
    alt = line(
        _("What it shows"),
        longest=160,
        empty=_("Say in a few words what the picture shows, for those who cannot see it."),
        help_text=_("Such as: A woman with grey hair, smiling, by a window."),
    )
