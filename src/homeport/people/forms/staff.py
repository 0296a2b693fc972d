"""People who work here: invitations, roles, supervision, cover."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from homeport.people.forms.fields import day, line, mail, one_of, one_shown, some_of, words
from homeport.people.models import Person, Role
from homeport.people.selectors import the_practice
from homeport.people.words import word

OUTSIDE = "outside"
# More choices than these fold away.
MOST_IN_SIGHT = 7


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    name = line(_("Their name"), empty=_("Write their name."))
    email = mail(_("Their e-mail address"), empty=_("Write the address to send the invitation to."))
    roles = some_of(_("What they will do here"), ())

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"] = some_of(
            InviteForm.base_fields["roles"].label or "", [(role.value, role_name(role)) for role in roles]
        )


def role_name(role: Role) -> str:
    """A role as this practice calls it."""
    if role is not Role.CLIENT:
        return str(role.label)
    practice = the_practice()
    return capfirst(word("client", practice.words if practice else {}))


class BackInForm(forms.Form):
    """Whose second steps to take off, and how somebody made sure that it is they who ask."""

    email = mail(_("The e-mail address they sign in with"), empty=_("Write the address they sign in with."))
    reason = words(
        _("How did you make sure that it is really them?"),
        empty=_("Please write how you made sure that it is really them."),
        longest=500,
    )


class RoleForm(forms.Form):
    """A role to give or to take."""

    role = one_of(_("Role"), [(role.value, role.label) for role in Role if role is not Role.COVER])


def people_choices(people: Iterable[Person]) -> list[tuple[str, str]]:
    """Persons to choose from."""
    return [(str(person.pk), person.shown_name) for person in people]


class SupervisionForm(forms.Form):
    """Who supervises whom."""

    supervisor = one_of(_("Supervisor"), ())
    supervisee = one_of(_("Supervises"), ())

    def __init__(
        self, *args: Any, supervisors: Iterable[Person], therapists: Iterable[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "supervisor", people_choices(supervisors))
        _choices(self, "supervisee", people_choices(therapists))


class CoverForm(forms.Form):
    """Who stands in, for which days. ``covered`` is asked of those alone who arrange it for others."""

    covered = one_of(_("Who is away"), ())
    by = one_shown(_("Who stands in"), ())
    name = line(_("Their name"))
    email = mail(_("Their e-mail address"), help_text=_("We send them an invitation."))
    practice_of_by = line(_("Their practice"))
    from_on = day(_("From"), empty=_("Write the first day."))
    until_on = day(_("Until, that day included"), empty=_("Write the last day."))

    def __init__(
        self, *args: Any, covered: Iterable[Person] | None, colleagues: Iterable[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if covered is None:
            del self.fields["covered"]
        else:
            _choices(self, "covered", people_choices(covered))
        here = people_choices(colleagues)
        if len(here) > MOST_IN_SIGHT:
            self.fields["by"].widget = forms.Select()
        _choices(self, "by", [*here, (OUTSIDE, _("A colleague of another practice"))])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("by") == OUTSIDE:
            missing = {
                "name": _now("Write their name."),
                "email": _now("Write the address to send the invitation to."),
                "practice_of_by": _now("Write which practice they belong to."),
            }
            for field, sentence in missing.items():
                if field in said and not said[field]:
                    self.add_error(field, sentence)
        return said

    def days(self, zone: str) -> tuple[datetime, datetime]:
        """From the first moment of the first day to the last of the last, where the practice is."""
        first, last = self.cleaned_data["from_on"], self.cleaned_data["until_on"]
        return begins(first, zone), begins(last + timedelta(days=1), zone)


def begins(on: date, zone: str) -> datetime:
    """The first moment of a day in a zone."""
    return datetime.combine(on, time.min, tzinfo=ZoneInfo(zone))


def _choices(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
