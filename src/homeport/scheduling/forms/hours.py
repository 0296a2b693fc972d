"""What a therapist fills in about their hours and what can be booked."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from homeport.people.forms.fields import day, line, one_of, some_of, version, whole, yes
from homeport.people.forms.work import fee
from homeport.people.offers import CURRENCIES, Format
from homeport.scheduling.forms.fields import MIDNIGHT, WEEKDAYS, clock, end_minute, minute_of, time_at
from homeport.scheduling.models import BookingRules, Offering, Pattern, Place
from homeport.scheduling.wall_clock import moment_of

WEEKS = [
    ("1", _("Every week")),
    ("2", _("Every second week")),
    ("3", _("Every third week")),
    ("4", _("Every fourth week")),
]
HOUR, DAY = 60, 24 * 60


class _AtPlace(forms.Form):
    """What can be at a place or anywhere."""

    place = one_of(
        _("Where you are"), [], required=False, help_text=_("Leave it open if you do not meet in a room.")
    )

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places}
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("No place")), *((key, place.name) for key, place in self.places.items())]

    @property
    def place_said(self) -> Place | None:
        """The place that was chosen."""
        return self.places.get(self.cleaned_data["place"])


class PatternForm(_AtPlace):
    """Hours of one weekday."""

    weekday = one_of(_("Day of the week"), WEEKDAYS)
    begins = clock(_("From"), empty=_("Write from what time."))
    ends = clock(_("Until"), empty=_("Write until what time."))
    every = one_of(_("How often"), WEEKS, initial="1")
    from_day = day(
        _("From this day on"),
        empty=_("Write the first day."),
        help_text=_("Every second week counts from its week."),
    )
    until_day = day(_("Until this day"))
    ways = some_of(
        _("Only these ways"), Format.choices, required=False, help_text=_("Every way, if you tick none.")
    )
    kinds = some_of(
        _("Only these kinds"),
        Offering.Kind.choices,
        required=False,
        help_text=_("Every kind, if you tick none."),
    )
    version = version()

    def said(self, zone: str, weekday: str = "") -> dict[str, Any]:
        """The fields of a pattern. ``zone``: of the therapist, where they are at no place. ``weekday``: the one chosen."""
        said = self.cleaned_data
        place = self.place_said
        return {
            "weekday": int(weekday or said["weekday"]),
            "begins": minute_of(said["begins"], otherwise=0),
            "ends": end_minute(said["ends"]),
            "every": int(said["every"]),
            "from_day": said["from_day"],
            "until_day": said["until_day"],
            "place": place,
            "zone": place.zone if place else zone,
            "ways": said["ways"],
            "kinds": said["kinds"],
        }

    @staticmethod
    def values(pattern: Pattern) -> dict[str, Any]:
        """What the form shows at first."""
        same = ("from_day", "until_day", "ways", "kinds", "version")
        return {name: getattr(pattern, name) for name in same} | {
            "weekday": str(pattern.weekday),
            "begins": time_at(pattern.begins),
            "ends": time_at(pattern.ends),
            "every": str(pattern.every),
            "place": str(pattern.place_id or ""),
        }


class NewPatternForm(PatternForm):
    """The same hours on as many weekdays as one likes: most weeks have several alike."""

    weekday = some_of(_("Days of the week"), WEEKDAYS)

    def said_of_each(self, zone: str) -> list[dict[str, Any]]:
        """The fields of a pattern for each of the days."""
        return [self.said(zone, each) for each in sorted(self.cleaned_data["weekday"])]


class AwayForm(forms.Form):
    """From a day until a day; with times, where it is not whole days."""

    from_on = day(_("First day"), empty=_("Write the first day."))
    until_on = day(_("Last day"), empty=_("Write the last day."))
    begins = clock(_("From what time"))
    ends = clock(_("Until what time"))

    def span(self, zone: str) -> tuple[datetime, datetime]:
        """The moments: whole days where no time was said."""
        said = self.cleaned_data
        begins, ends = minute_of(said["begins"], otherwise=0), minute_of(said["ends"], otherwise=MIDNIGHT)
        return moment_of(said["from_on"], begins, zone), moment_of(said["until_on"], ends, zone)


class ExtraForm(_AtPlace):
    """Hours more, on one day."""

    on = day(_("Day"), empty=_("Write the day."))
    begins = clock(_("From"), empty=_("Write from what time."))
    ends = clock(_("Until"), empty=_("Write until what time."))

    def span(self, zone: str) -> tuple[datetime, datetime]:
        """The moments, by the clock of the place or of the therapist."""
        place, said = self.place_said, self.cleaned_data
        here = place.zone if place else zone
        begins, ends = (minute_of(said[name], otherwise=0) for name in ("begins", "ends"))
        return moment_of(said["on"], begins, here), moment_of(said["on"], ends, here)


class OfferingForm(forms.Form):
    """One kind of meeting."""

    kind = one_of(_("Who comes"), Offering.Kind.choices)
    way = one_of(_("How you meet"), Format.choices)
    minutes = whole(_("Minutes it takes"), least=5, most=480, initial=50)
    price = fee(_("Price"))
    currency = one_of(_("Currency"), [(code, code) for code in CURRENCIES], required=False)
    buffer_before = whole(_("Minutes of quiet before"), least=0, most=240, initial=0)
    buffer_after = whole(_("Minutes of quiet after"), least=0, most=240, initial=10)
    step = whole(
        _("A new time every so many minutes"), least=0, most=480, initial=0, required=False,
        help_text=_("0: one right after the other."),
    )  # fmt: skip
    places = whole(
        _("How many can come"),
        least=1,
        most=100,
        initial=1,
        help_text=_("In a group, or how large a room must be."),
    )
    by_clients = yes(_("Clients can book it themselves"))
    is_open = yes(_("It can be booked"))
    version = version()

    def said(self) -> dict[str, Any]:
        """The fields of an offering."""
        said = dict(self.cleaned_data)
        said.pop("version")
        return said | {"price": int((said["price"] or Decimal(0)) * 100), "step": said["step"] or 0}

    @staticmethod
    def values(offering: Offering) -> dict[str, Any]:
        """What the form shows at first."""
        values = {name: getattr(offering, name) for name in OfferingForm.base_fields}
        return values | {"price": Decimal(offering.price).scaleb(-2)}


class RulesForm(forms.Form):
    """How early and how late people book, in hours and days as people say them."""

    notice = whole(_("Hours before, at the latest, to book a time"), least=0, most=720)
    horizon = whole(_("Days ahead that can be booked"), least=1, most=730)
    late = whole(_("Hours before from which cancelling is late"), least=0, most=720)
    late_share = whole(_("What a late cancellation costs, in hundredths of the fee"), least=0, most=100)
    hold = whole(_("Minutes a time is kept while somebody books it"), least=1, most=120)
    offer = whole(_("Hours a freed time is kept for who was waiting"), least=1, most=168)
    consent = whole(_("Hours in which everybody must agree to a joint time"), least=1, most=720)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)

    def said(self) -> tuple[dict[str, int], int]:
        """The fields of the rules, and the version that was on the screen."""
        said = dict(self.cleaned_data)
        known = said.pop("version") or 0
        for name in ("notice", "late", "offer"):
            said[name] *= HOUR
        return said, known

    @staticmethod
    def values(rules: BookingRules, *, own: bool) -> dict[str, Any]:
        """What the form shows at first. ``own``: these very rules are changed, and not others like them begun."""
        values = {name: getattr(rules, name) for name in RulesForm.base_fields if name != "version"}
        for name in ("notice", "late", "offer"):
            values[name] //= HOUR
        return values | {"version": rules.version if own else 0}


class BusyFeedForm(forms.Form):
    """The address of one's calendar elsewhere."""

    name = line(_("What you call it"), longest=60)
    address = line(
        _("Its address"), empty=_("Paste the address of the calendar."), longest=2_000,
        help_text=_("Your calendar gives it under “share” or “publish”. It begins with https:// and often ends in .ics."),
    )  # fmt: skip
