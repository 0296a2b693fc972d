"""What people type in this room."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from homeport.core.words import VersionField, WordsField

NO_CASE = ""


class EntryForm(forms.Form):
    """A journal entry. ``case``: whose therapist it may be shared with later."""

    words = WordsField(empty=_("Write something first. A single word is enough."))
    case = forms.ChoiceField(required=False)
    version = VersionField(required=False)

    def __init__(self, *args: Any, cases: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["case"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(NO_CASE, _("Just for me")), *cases]
        choice.error_messages["invalid_choice"] = _("Choose one of the places shown.")

    @property
    def case_id(self) -> UUID | None:
        """The chosen case, once the form is valid."""
        chosen: str = self.cleaned_data["case"]
        return UUID(chosen) if chosen else None
