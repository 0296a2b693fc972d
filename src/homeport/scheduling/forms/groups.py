"""What is said of a group."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from homeport.core.words import VersionField
from homeport.people.forms.fields import line, one_of, whole, yes


class GroupForm(forms.Form):
    """Its name, its places, its rules."""

    version = VersionField(required=False)
    offering = one_of(_("How you meet"), [], required=False)
    name = line(_("Name"), empty=_("Write a name."), longest=60, help_text=_("Clients read it."))
    about = line(
        _("In one or two sentences"),
        longest=300,
        help_text=_("What it is about. Its times are shown by themselves."),
    )
    places = whole(_("Places"), least=1, most=40, initial=8)
    is_open = yes(_("Clients of those who lead it can take a place by themselves"))
    names = yes(_("Members read each other's names, as each of them chose"))

    def __init__(self, *args: Any, offerings: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["offering"]
        assert isinstance(field, forms.ChoiceField)
        if offerings:
            field.choices, field.required = list(offerings), True
        else:
            del self.fields["offering"]

    def said(self) -> dict[str, Any]:
        """As the services take it."""
        names = ("name", "about", "places", "is_open", "names")
        return {name: self.cleaned_data[name] for name in names}


class PlaceForm(forms.Form):
    """Whom to give a place."""

    person = one_of(_("Who?"), [])

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(people)
