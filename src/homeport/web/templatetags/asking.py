"""From a field of a form to the component that asks for it."""

from typing import Any

from django import forms, template
from django.forms import BoundField

register = template.Library()

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.TelInput, "tel"),
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "words"),
    (forms.DateInput, "date"),
    (forms.TimeInput, "time"),
    (forms.EmailInput, "email"),
    (forms.NumberInput, "number"),
)


@register.filter
def kind(field: BoundField) -> str:
    """Which component a field of a form is asked with: ``select``, ``radios``, ``words`` … or ``text``."""
    return next((name for widget, name in KINDS if isinstance(field.field.widget, widget)), "text")


@register.filter
def typed(field: BoundField) -> Any:
    """What stands in the field: what was typed, as it was typed, or what it began with."""
    value = field.value()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return "" if value is None else value


@register.filter
def options(field: BoundField) -> list[tuple[Any, ...]]:
    """The choices of a field as (value, label); none for a field that has none."""
    choices: Any = getattr(field.field, "choices", ())
    return [(value, label) for value, label in choices if value not in ("", None)]
