"""Fields that several forms of this room share."""

from datetime import time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise
else:
    Text = object

WEEKDAYS = [
    ("0", _("Monday")), ("1", _("Tuesday")), ("2", _("Wednesday")), ("3", _("Thursday")), ("4", _("Friday")),
    ("5", _("Saturday")), ("6", _("Sunday")),
]  # fmt: skip
MIDNIGHT = 24 * 60


def clock(label: Text, *, empty: Text | None = None, **more: Any) -> forms.TimeField:
    """A time of day."""
    said: dict[str, Text] = {"required": empty or "", "invalid": _("Write the time as 14:30.")}
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(
        label=label, required=empty is not None, error_messages=said, widget=widget, **more
    )


def minute_of(at: time | None, *, otherwise: int) -> int:
    """The minute of the day; ``otherwise`` where none was said."""
    return otherwise if at is None else at.hour * 60 + at.minute


def end_minute(at: time) -> int:
    """The same for an end, where 00:00 is the end of the day."""
    return minute_of(at, otherwise=MIDNIGHT) or MIDNIGHT


def time_at(minute: int) -> time:
    """The time of day of a minute; the end of the day is 00:00."""
    return time(*divmod(minute % MIDNIGHT, 60))
