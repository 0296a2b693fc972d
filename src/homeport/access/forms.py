"""What people type in this room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from homeport.core.words import WordsField


class EmergencyForm(forms.Form):
    """Whose case, and why it must be seen now."""

    name = forms.CharField(max_length=120, error_messages={"required": _("Write the person's name.")})
    born = forms.DateField(required=False, error_messages={"invalid": _("Write the date as 1990-12-31.")})
    reason = WordsField(empty=_("Say why you need to see this case now."), longest=2_000)
