"""Which times would do for somebody who waits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from homeport.people.forms.fields import some_of
from homeport.scheduling.forms.fields import MIDNIGHT, WEEKDAYS, clock, end_minute, minute_of


class WaitForm(forms.Form):
    """Days and hours; any, where nothing is said."""

    weekdays = some_of(
        _("On which days?"), WEEKDAYS, required=False, help_text=_("Any day, if you tick none.")
    )
    not_before = clock(_("From what time on?"))
    not_after = clock(_("Until what time?"))

    def said(self) -> dict[str, Any]:
        """As the service takes it."""
        ends = self.cleaned_data["not_after"]
        return {
            "weekdays": [int(each) for each in self.cleaned_data["weekdays"]],
            "not_before": minute_of(self.cleaned_data["not_before"], otherwise=0),
            "not_after": MIDNIGHT if ends is None else end_minute(ends),
        }
