"""What people type in this room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from homeport.content.screens import Screen

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
