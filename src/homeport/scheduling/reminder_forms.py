"""What is filled in about reminders."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from homeport.core.words import LARGEST_VERSION
from homeport.people.forms.fields import some_of
from homeport.scheduling.models import ReminderTimes
from homeport.scheduling.reminders import CHOICES, DAY, HOUR

NAMES = {
    7 * DAY: _("A week before"),
    2 * DAY: _("Two days before"),
    DAY: _("A day before"),
    3 * HOUR: _("Three hours before"),
    HOUR: _("An hour before"),
}


class RemindersForm(forms.Form):
    """How long before a meeting, and by what way."""

    minutes = some_of(
        _("Remind me"),
        [(str(each), NAMES[each]) for each in CHOICES],
        required=False,
        help_text=_("None, if you tick nothing. At night nothing is sent: it comes the evening before."),
    )
    by_text = forms.BooleanField(
        label=_("By text rather than by mail"),
        required=False,
        help_text=_("Where you allow texts. Otherwise it comes by mail."),
    )
    version = forms.IntegerField(min_value=0, max_value=LARGEST_VERSION, widget=forms.HiddenInput)

    def said(self) -> tuple[list[int], bool, int]:
        """Minutes before, by text, the version that was on the screen."""
        chosen = self.cleaned_data
        return [int(each) for each in chosen["minutes"]], chosen["by_text"], chosen["version"]

    @staticmethod
    def values(chosen: ReminderTimes) -> dict[str, Any]:
        """What the form shows at first."""
        minutes = [str(each) for each in chosen.minutes]
        return {"minutes": minutes, "by_text": chosen.by_text, "version": chosen.version}
