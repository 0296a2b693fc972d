"""Places by their names."""

from django import template

from homeport.people.forms.fields import jurisdiction_choices

register = template.Library()


@register.filter
def place(code: str) -> str:
    """The name of the place with this code; the code where we know no name."""
    return dict(jurisdiction_choices()).get(code, code)
