"""What people fill in about a case and those in it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from homeport.cases.models import Case, GuardianNarrowing, Participant
from homeport.cases.policies import ROLES_IN
from homeport.people.forms.fields import day, jurisdiction_choices, line, mail, one_of, one_shown, words, yes
from homeport.people.forms.staff import people_choices
from homeport.people.models import Guardianship, Person

NEW = "new"


def _choose(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class OpenCaseForm(forms.Form):
    """A new case, still without anybody in it."""

    kind = one_shown(_("Who is treated together?"), Case.Kind.choices)
    jurisdiction = one_of(
        _("Where they live"), jurisdiction_choices, help_text=_("The law of that place counts, not of ours.")
    )
    lead = one_of(_("Their therapist"), ())

    def __init__(self, *args: Any, therapists: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "lead", people_choices(therapists))


class ParticipantForm(forms.Form):
    """Somebody who takes part from now on: known already, or entered here."""

    who = one_of(_("Who"), ())
    name = line(_("Their name"))
    birth_date = day(
        _("Born on"), help_text=_("Needed for a child or a teen: the law asks how old they are.")
    )
    email = mail(
        _("Their e-mail address"), help_text=_("We send them an invitation. A small child needs none.")
    )
    role = one_of(_("As"), ())
    group_name = line(_("What the others in the group see"), longest=60)

    def __init__(self, *args: Any, case: Case, known: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = ROLES_IN[case.kind]
        _choose(self, "role", [(role.value, role.label) for role in Participant.Role if role in here])
        _choose(self, "who", [(NEW, _now("Somebody new")), *people_choices(known)])
        if case.kind != Case.Kind.GROUP:
            del self.fields["group_name"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("who") == NEW and "name" in said and not said["name"]:
            self.add_error("name", _now("Write their name."))
        return said


class GuardianForm(forms.Form):
    """Somebody who stands for a child."""

    who = one_of(_("Who"), ())
    name = line(_("Their name"))
    email = mail(_("Their e-mail address"), help_text=_("We send them an invitation, if you write one."))
    kind = one_of(_("What they are to the child"), Guardianship.Kind.choices)
    legal_authority = yes(_("Has legal authority"), help_text=_("May consent. You look at the papers first."))
    daily_care = yes(_("Cares for the child day by day"), help_text=_("This alone opens nothing."))
    jurisdiction = one_of(_("Where the child lives"), jurisdiction_choices)

    def __init__(self, *args: Any, known: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "who", [(NEW, _now("Somebody new")), *people_choices(known)])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("who") == NEW and "name" in said and not said["name"]:
            self.add_error("name", _now("Write their name."))
        if not said.get("legal_authority") and not said.get("daily_care"):
            self.add_error("legal_authority", _now("Choose one, or both."))
        return said


class AloneForm(forms.Form):
    """A minor who consents alone."""

    capacity_note = words(
        _("How you know that they understand"),
        help_text=_(
            "What the treatment is, what it can do, what happens without it. Only the care team reads this."
        ),
    )


class NarrowForm(forms.Form):
    """Less for one guardian."""

    hides = one_shown(_("What they no longer see"), GuardianNarrowing.Hides.choices)
    reason = words(
        _("Why this is better for the child"), empty=_("Say in a sentence why this is better for the child.")
    )


class JoinTeamForm(forms.Form):
    """A therapist who joins."""

    person = one_of(_("Another therapist"), ())

    def __init__(self, *args: Any, therapists: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "person", people_choices(therapists))
