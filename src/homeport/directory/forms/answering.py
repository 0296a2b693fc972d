"""What whoever answers a request types."""

from django import forms
from django.utils.translation import gettext_lazy as _

from homeport.directory.models import Request
from homeport.people.forms.fields import one_of, version, words


class ReplyForm(forms.Form):
    """An answer in words. What is decided with it, the button says."""

    reply = words(
        _("Your answer"),
        longest=4_000,
        help_text=_(
            "They read it behind a link that only they have. Say nothing that must not be read by others."
        ),
    )
    version = version()


class PassOnForm(forms.Form):
    """Who it is given to."""

    to = one_of(_("Give it to"), [], required=False)
    version = version()


class UrgencyForm(forms.Form):
    """How soon somebody needs to be seen."""

    urgency = one_of(_("How soon"), [(str(value), label) for value, label in Request.Urgency.choices])
    version = version()
