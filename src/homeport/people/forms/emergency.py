"""Whom to call, and where a person is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from homeport.people.forms.fields import line, version
from homeport.people.services.keep_emergency_contact import LONGEST, Contact


class ContactForm(forms.Form):
    """Somebody to call."""

    contact_name = line(_("Their name"))
    # A telephone's own keyboard has the digits.
    contact_phone = line(_("Their phone"), longest=40, widget=forms.TelInput())
    contact_is = line(_("What they are to you"), longest=60, help_text=_("A friend, a sister, a neighbour."))
    version = version()

    def said(self) -> Contact:
        """What was filled in."""
        said = self.cleaned_data
        return Contact(said["contact_name"], said["contact_phone"], said["contact_is"])


class WhereForm(forms.Form):
    """The place where help would have to come to."""

    location = line(
        _("Where you are now"),
        longest=LONGEST,
        help_text=_("The address, and how to get in. Leave it empty to take it back."),
    )
    version = version()
