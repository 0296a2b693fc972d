"""What the practice fills in to book and move meetings."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from homeport.people.errors import Unfit
from homeport.people.forms.fields import day, one_of, one_shown, some_of, whole, yes
from homeport.people.offers import Format
from homeport.scheduling.forms.fields import clock
from homeport.scheduling.models import Appointment, Offering, Place
from homeport.scheduling.policies import JOINT
from homeport.scheduling.presenters import money
from homeport.scheduling.recurrence import LONGEST_STEP, MOST, Rule, Unit, minute_of, nth_in_month
from homeport.scheduling.services.change_series import Scope
from homeport.scheduling.wall_clock import asked_moment

ONCE, WEEKS, MONTHS = "once", "weeks", "months"
SCOPES = [
    (Scope.ONE.value, _("This one only")),
    (Scope.FOLLOWING.value, _("This one and all that follow")),
    (Scope.ALL.value, _("All that are still to come")),
]


class WhenForm(forms.Form):
    """A day and a time on the wall of the place, or of the therapist."""

    first = day(_("Day"), empty=_("Write the day."))
    time = clock(_("Time"), empty=_("Write the time."))
    # Asked only where the clocks go back, and an hour is there twice.
    second = one_shown(
        _("Which of the two?"), [("no", _("The first")), ("yes", _("The second"))], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_twice = False

    def moment(self, zone: str) -> datetime:
        """The moment that was meant. Raises ``HomeportError`` for one that is not there, or is there twice."""
        said = {"yes": True, "no": False}.get(self.cleaned_data["second"])
        return asked_moment(self.cleaned_data["first"], self.cleaned_data["time"], zone, second=said)


class BookForm(WhenForm):
    """What, for whom, when, where, and how often."""

    offering = one_of(_("What"), [])
    person = one_of(_("For whom"), [], required=False, help_text=_("Everybody comes to a joint meeting."))
    place = one_of(_("Place"), [], required=False)
    beside = some_of(
        _("Who else leads it?"), [], required=False, help_text=_("Their time is taken too, or nobody's.")
    )
    repeats = one_of(
        _("How often"),
        [
            (ONCE, _("Once")),
            (WEEKS, _("By the week")),
            (MONTHS, _("By the month, such as every first Tuesday")),
        ],
    )
    every = whole(
        _("Every how many weeks or months"),
        least=1,
        most=LONGEST_STEP,
        initial=1,
        required=False,
        help_text=_("1 is every one of them, 2 is every second."),
    )
    count = whole(_("How many times"), least=1, most=MOST, required=False)
    until = day(_("Or until what day"))
    skip_taken = yes(_("Leave out days that are not free"))

    def __init__(
        self,
        *args: Any,
        offerings: Sequence[Offering],
        people: Sequence[tuple[str, str]],
        team: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_id = {str(one.pk): one for one in offerings}
        self.places = {str(place.pk): place for place in Place.objects.filter(is_open=True).order_by("name")}
        _choose(self, "offering", _called(self.by_id))
        _choose(self, "person", list(people))
        _choose(self, "beside", list(team))
        _choose(self, "place", [(key, place.name) for key, place in self.places.items()])
        self.only_person = people[0][0] if len(people) == 1 else ""

    @property
    def offering_said(self) -> Offering:
        """What was chosen."""
        return self.by_id[self.cleaned_data["offering"]]

    @property
    def place_said(self) -> Place | None:
        """Where, for those who meet in person."""
        if self.offering_said.way != Format.IN_PERSON:
            return None
        found = self.places.get(self.cleaned_data["place"])
        if found is None:
            raise Unfit("place", str(_("Say where to meet.")))
        return found

    @property
    def zone(self) -> str:
        """By whose clock the time is meant."""
        place = self.place_said
        return place.zone if place else self.offering_said.therapist.person.zone

    @property
    def subject_id(self) -> UUID | None:
        """Whom it is about; None for a joint meeting."""
        if self.offering_said.kind in JOINT:
            return None
        chosen = self.cleaned_data["person"] or self.only_person
        if not chosen:
            raise Unfit("person", str(_("Say for whom.")))
        return UUID(chosen)

    @property
    def beside_said(self) -> tuple[UUID, ...]:
        """Who else leads it, besides whom the meeting is with."""
        chosen = (UUID(each) for each in self.cleaned_data["beside"])
        return tuple(each for each in chosen if each != self.offering_said.therapist_id)

    def rule(self) -> Rule | None:
        """How it recurs; None for once. Raises ``Unfit``."""
        said, first = self.cleaned_data, self.cleaned_data["first"]
        if said["repeats"] == ONCE:
            return None
        monthly = said["repeats"] == MONTHS
        return Rule(
            first=first,
            minute=minute_of(said["time"]),
            zone=self.zone,
            unit=Unit.MONTHS if monthly else Unit.WEEKS,
            every=said["every"] or 1,
            nth=nth_in_month(first) if monthly else 0,
            until=said["until"],
            count=said["count"],
        )


class MoveForm(WhenForm):
    """Another day and time, and how much of a series goes along."""

    scope = one_shown(_("What is moved?"), SCOPES, required=False)

    def scope_said(self) -> Scope:
        """How much of it."""
        return scope_in(self.cleaned_data["scope"])


class CancelForm(forms.Form):
    """For whom the front desk cancels, and that what it costs was said."""

    side = one_shown(
        _("Who cannot make it?"),
        [
            (Appointment.Side.PRACTICE.value, _("The practice")),
            (Appointment.Side.CLIENT.value, _("Whoever was to come: they asked us to cancel")),
        ],
    )
    late = yes(_("They know what it costs, and want to cancel"))


def scope_in(text: str) -> Scope:
    """How much of a series a form named; one meeting, where it named nothing."""
    return Scope(text) if text in set(Scope) else Scope.ONE


def _choose(form: forms.Form, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def _called(offerings: Mapping[str, Offering]) -> list[tuple[str, str]]:
    """What can be booked, in words short enough for a telephone: whose it is only where there are several."""
    several = len({one.therapist_id for one in offerings.values()}) > 1
    return [
        (key, " · ".join(filter(None, (
            one.get_kind_display(), one.get_way_display(), one.therapist.person.shown_name if several else "",
            money(one.price, one.currency),
        ))))
        for key, one in offerings.items()
    ]  # fmt: skip
