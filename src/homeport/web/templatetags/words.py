"""The words that a practice renamed: client, session, plan."""

from collections.abc import Mapping
from typing import Any

from django import template

from homeport.people.known import known
from homeport.people.selectors import the_practice
from homeport.people.words import word as said_for

register = template.Library()


def _renamed() -> Mapping[str, Any]:
    """What this practice renamed, asked for once a minute."""
    if not known().is_fresh:
        the_practice()
    return known().words


@register.simple_tag
def word(name: str) -> str:
    """What this practice calls one client, one session, one plan: ``{% word "client" %}``."""
    return said_for(name, _renamed())


@register.simple_tag
def words(name: str) -> str:
    """What it calls many of them: ``{% words "client" %}``."""
    return said_for(name, _renamed(), many=True)
