"""The words that a practice renamed: client, session, plan."""

from typing import Any

from django import template

from homeport.people.selectors import the_practice
from homeport.people.words import word as said_for

register = template.Library()


def _renamed(context: template.Context) -> dict[str, Any]:
    """What this practice renamed, asked for once a page, and only by a page that says such a word."""
    request = context.get("request")
    held: dict[str, Any] | None = getattr(request, "_practice_words", None)
    if held is None:
        practice = the_practice()
        held = practice.words if practice else {}
        if request is not None:
            request._practice_words = held
    return held


@register.simple_tag(takes_context=True)
def word(context: template.Context, name: str) -> str:
    """What this practice calls one client, one session, one plan: ``{% word "client" %}``."""
    return said_for(name, _renamed(context))


@register.simple_tag(takes_context=True)
def words(context: template.Context, name: str) -> str:
    """What it calls many of them: ``{% words "client" %}``."""
    return said_for(name, _renamed(context), many=True)
