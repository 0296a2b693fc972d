"""Yes and no by the numbers of an interview whose words are not ours."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from homeport.people.forms.fields import one_shown

POINTS = range(1, 7)
CHOICES = (("yes", _("Yes")), ("no", _("No")), ("", _("Not asked")))


class TriageForm(forms.Form):
    """Six points; of the sixth also whether it was within three months. Points 1, 2 and 6 are always asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in POINTS:
            field = one_shown(_now("Point %(number)d") % {"number": number}, CHOICES)
            field.required = False
            self.fields[f"point{number}"] = field
        recent = one_shown(_now("Point 6: within the last three months"), CHOICES)
        recent.required = False
        self.fields["recent"] = recent

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for number in (1, 2, 6):
            if not said.get(f"point{number}"):
                self.add_error(f"point{number}", _now("This point is always asked."))
        return said

    @property
    def answers(self) -> dict[int, bool]:
        """What was asked, once the form is valid."""
        said = ((number, self.cleaned_data[f"point{number}"]) for number in POINTS)
        return {number: value == "yes" for number, value in said if value}

    @property
    def recent(self) -> bool | None:
        """None where nobody asked how long ago."""
        value = self.cleaned_data["recent"]
        return value == "yes" if value else None
