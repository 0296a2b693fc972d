"""A therapist's own work: what they offer, their licences, their will."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from homeport.people.forms.fields import (
    LanguagesField,
    day,
    licence_choices,
    line,
    mail,
    one_of,
    some_of,
    version,
    words,
    yes,
)
from homeport.people.models import Licence, ProfessionalWill, Therapist
from homeport.people.offers import CURRENCIES, Approach, Fee, Format, Population


def fee(label: Any) -> forms.DecimalField:
    """An amount of money, left empty where it is not offered."""
    wrong = _("Write an amount such as 120 or 120.50.")
    said = {
        "invalid": wrong,
        "max_decimal_places": wrong,
        "max_digits": wrong,
        "min_value": wrong,
        "max_value": wrong,
    }
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=10_000,
        decimal_places=2,
        error_messages=said,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


class OfferForm(forms.Form):
    """Languages, people, approaches, formats and fees."""

    languages = LanguagesField(_("Languages you work in"))
    populations = some_of(_("Whom you work with"), Population.choices, required=False)
    approaches = some_of(_("How you work"), Approach.choices, required=False)
    formats = some_of(_("Where you meet"), Format.choices, required=False)
    fee_individual = fee(_("Fee for one person"))
    fee_couple = fee(_("Fee for a couple"))
    fee_family = fee(_("Fee for a family"))
    fee_group = fee(_("Fee for a place in a group"))
    currency = one_of(_("Currency"), [(code, code) for code in CURRENCIES], required=False)
    sliding_scale = yes(_("I can ask for less"), help_text=_("For people who cannot pay the full fee."))
    taking_clients = yes(_("I have room for new people"))
    version = version()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self._fees() and "currency" in said and not said["currency"]:
            self.add_error("currency", _now("Choose the currency of the fees."))
        return said

    def _fees(self) -> dict[str, int]:
        typed = {name: self.cleaned_data.get(f"fee_{name}") for name in Fee.values}
        return {name: int(amount * 100) for name, amount in typed.items() if amount is not None}

    def said(self) -> dict[str, Any]:
        """What was filled in, by the therapist's fields."""
        same = (
            "languages",
            "populations",
            "approaches",
            "formats",
            "currency",
            "sliding_scale",
            "taking_clients",
        )
        return {**{name: self.cleaned_data[name] for name in same}, "fees": self._fees()}

    @staticmethod
    def values(therapist: Therapist) -> dict[str, Any]:
        """What the form shows at first."""
        same = {
            name: getattr(therapist, name) for name in OfferForm.base_fields if not name.startswith("fee_")
        }
        fees = {f"fee_{name}": Decimal(cents).scaleb(-2) for name, cents in therapist.fees.items()}
        return {**same, **fees}


class LicenceForm(forms.Form):
    """A licence to practise."""

    jurisdiction = one_of(_("Where it counts"), licence_choices)
    body = line(_("Who gave it"), empty=_("Write who gave it."), help_text=_("The college or the board."))
    number = line(_("Its number"), empty=_("Write its number."), longest=60)
    expires_on = day(_("Ends on"), empty=_("Write the day on which it ends."))


class RenewForm(forms.Form):
    """The new end of a licence."""

    expires_on = day(_("Ends on"), empty=_("Write the day on which it ends."))
    version = version()

    @staticmethod
    def values(licence: Licence) -> dict[str, Any]:
        """What the form shows at first."""
        return {name: getattr(licence, name) for name in RenewForm.base_fields}


class WillForm(forms.Form):
    """Who looks after one's clients, should one no longer be able to."""

    executor_name = line(
        _("Their name"), empty=_("Write the name of the colleague who would look after your clients.")
    )
    executor_email = mail(_("Their e-mail address"), empty=_("Write how to reach them."))
    wishes = words(
        _("What you ask of them"),
        help_text=_(
            "Whom to call first, where your papers are. Only you and who looks after them read this."
        ),
    )
    version = version()

    @staticmethod
    def values(will: ProfessionalWill | None) -> dict[str, Any]:
        """What the form shows at first."""
        return {name: getattr(will, name) for name in WillForm.base_fields} if will else {}
