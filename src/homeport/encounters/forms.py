"""What people type in this room."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from homeport.core.words import VersionField, WordsField

JOINT = "joint"
EMPTY = _("Write something first.")


class NoteForm(forms.Form):
    """A new draft, and whom it is about."""

    words = WordsField(empty=EMPTY)
    about = forms.ChoiceField()

    def __init__(self, *args: Any, about: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["about"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = list(about)
        choice.error_messages["required"] = choice.error_messages["invalid_choice"] = _(
            "Say whom this note is about."
        )

    @property
    def subject_id(self) -> UUID | None:
        """The chosen person, None for the joint session, once the form is valid."""
        chosen: str = self.cleaned_data["about"]
        return None if chosen == JOINT else UUID(chosen)


class DraftForm(forms.Form):
    """A draft that is changed."""

    words = WordsField(empty=EMPTY)
    version = VersionField(required=False)


class AdditionForm(forms.Form):
    """What is added to a signed note."""

    words = WordsField(empty=EMPTY)


class SigningForm(forms.Form):
    """Which version is signed."""

    version = VersionField()


class RecipientForm(forms.Form):
    """To whom a note is opened."""

    recipient = forms.UUIDField()
