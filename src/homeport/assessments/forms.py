"""What people type in this room."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from homeport.assessments.models import Kind
from homeport.cases.selectors import Together
from homeport.content.instruments.bank import slot_labels
from homeport.core.clock import today
from homeport.people.forms.fields import day, one_of

FURTHEST = timedelta(days=366)
THEMSELVES = ""


class AskForm(forms.Form):
    """Who is asked what, about whom, until when."""

    person = one_of(_("Who answers"), ())
    instrument = one_of(_("Which questions"), ())
    about = forms.ChoiceField(
        label=_("About whom"), required=False, help_text=_("A parent on a child, a partner on a partner.")
    )
    slot = forms.ChoiceField(
        label=_("About which relationship"),
        required=False,
        help_text=_("Only for questions that ask about one relationship."),
    )
    due = day(_("Until which day"), help_text=_("You can leave this empty."))

    def __init__(self, *args: Any, together: Together, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(each.person_id), each.person.shown_name) for each in together.participants]
        self._choices("person", people)
        self._choices("instrument", offered)
        self._choices("about", [(THEMSELVES, _now("Themselves")), *people])
        self._choices("slot", [("", _now("None")), *slot_labels("en").items()])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_due(self) -> Any:
        """A day from today on, within a year."""
        chosen = self.cleaned_data["due"]
        if chosen is not None and not today() <= chosen <= today() + FURTHEST:
            raise forms.ValidationError(_now("Choose a day from today on, within a year."))
        return chosen

    @property
    def kind(self) -> Kind:
        """Whether they answer about themselves, once the form is valid."""
        about = self.cleaned_data["about"]
        return Kind.OWN if about in ("", self.cleaned_data["person"]) else Kind.REPORT

    def due_at(self, zone: str) -> datetime | None:
        """The end of the chosen day where the practice is; None without one."""
        chosen = self.cleaned_data["due"]
        return datetime.combine(chosen, time(23, 59), ZoneInfo(zone)) if chosen else None
