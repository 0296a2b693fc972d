"""What people type in this room."""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from homeport.content.screens import Screen
from homeport.people.forms.fields import day, version, whole, words
from homeport.safety.models import ReadingHours

ALONE, BEGUN = "alone", "begun"


class QuestionsForm(forms.Form):
    """The questions of one screen, each of which may be left out; and, before them, whether one is alone."""

    alone = forms.ChoiceField(error_messages={"required": _("Please say first whether you are alone.")})
    # The questions themselves were on the screen; before that, only whether one is alone is asked.
    begun = forms.BooleanField(required=False)

    def __init__(self, *args: Any, asked: Screen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone = self.fields[ALONE]
        assert isinstance(alone, forms.ChoiceField)
        alone.choices = list(asked.alone_options.items())
        for question in asked.questions:
            self.fields[question] = forms.ChoiceField(required=False, choices=list(asked.answers.items()))

    @property
    def is_alone(self) -> bool:
        """Nobody sees or hears them, once the form is valid."""
        return bool(self.cleaned_data[ALONE] == "no")

    @property
    def given(self) -> dict[str, str]:
        """The answers by question, once the form is valid; none for what was left out."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in (ALONE, BEGUN) and value
        }


class ClosingForm(forms.Form):
    """The note that an alert is closed with."""

    note = words(
        _("What did you find, and what was done?"),
        empty=_("Write down what you found and what was done. An alert is not closed without it."),
        help_text=_("It stays with the alert: whom you reached, what they said, what was agreed."),
    )
    planned_until = day(
        _("Known and planned for, until"),
        help_text=_("Only if this answer is stable and there is a plan. Any rise is told all the same."),
    )


_STRETCH = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(?:-|–|to)\s*(\d{1,2})(?:[:.h](\d{2}))?")


class StretchesField(forms.CharField):
    """Stretches of a day with commas between them; a list of (from, until) once it is clean."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label, required=False, max_length=120, help_text=_("Such as: 9:00-12:00, 13:00-17:30")
        )

    def clean(self, value: Any) -> list[tuple[time, time]]:
        typed = [part.strip() for part in str(super().clean(value)).split(",") if part.strip()]
        try:
            return [_stretch(part) for part in typed]
        except ValueError:
            raise forms.ValidationError(_now("Write the hours as 9:00-12:00, 13:00-17:30.")) from None


def _stretch(typed: str) -> tuple[time, time]:
    """Raises ``ValueError`` for what is no stretch of a day. Midnight at its end is the last minute of the day."""
    found = _STRETCH.fullmatch(typed)
    if found is None:
        raise ValueError(typed)
    begin, end = (int(found[1]), int(found[2] or 0)), (int(found[3]), int(found[4] or 0))
    return time(*begin), time(23, 59) if end == (24, 0) else time(*end)


class DaysField(forms.CharField):
    """Days with commas between them; a list of dates once it is clean."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label, required=False, max_length=2_000, help_text=_("Such as: 2026-12-25, 2027-01-01")
        )

    def clean(self, value: Any) -> list[date]:
        typed = [part.strip() for part in str(super().clean(value)).split(",") if part.strip()]
        try:
            return [date.fromisoformat(part) for part in typed]
        except ValueError:
            raise forms.ValidationError(_now("Write each day as 2026-12-25.")) from None


WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


class HoursForm(forms.Form):
    """A line for each weekday: "9:00-12:00, 13:00-17:30"; empty where nobody reads."""

    version = version()
    urgent_minutes = whole(
        _("Minutes for what is urgent"),
        least=5,
        most=240,
        help_text=_("Within these hours, at most 60 is usual."),
    )
    same_day_minutes = whole(_("Minutes for what is to be seen the same day"), least=30, most=1440)
    closed = DaysField(_("Days on which nobody reads"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in enumerate(WEEKDAYS):
            self.fields[f"day{number}"] = StretchesField(name)
        self.order_fields(["version", *(f"day{number}" for number in range(7))])

    @property
    def weekly(self) -> dict[int, list[tuple[time, time]]]:
        """The hours by weekday, once the form is valid."""
        return {number: self.cleaned_data[f"day{number}"] for number in range(7)}

    @classmethod
    def values(cls, kept: ReadingHours) -> dict[str, Any]:
        """What stands now, as the form shows it."""
        days = {
            f"day{number}": ", ".join(f"{begin}-{end}" for begin, end in kept.weekly.get(str(number), []))
            for number in range(7)
        }
        return {
            **days,
            "closed": ", ".join(kept.closed),
            "urgent_minutes": kept.urgent_minutes,
            "same_day_minutes": kept.same_day_minutes,
            "version": kept.version,
        }
