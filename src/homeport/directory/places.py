"""Jurisdictions by their names, worked out once for each language."""

from collections.abc import Mapping
from functools import lru_cache

from django.utils.translation import get_language

from homeport.people.forms.fields import jurisdiction_choices


def place_names() -> Mapping[str, str]:
    """The name of every jurisdiction, by code."""
    return _named(get_language() or "")


def place_name(code: str) -> str:
    """The name of a jurisdiction; its code where we know no name."""
    return place_names().get(code, code)


@lru_cache(maxsize=8)
def _named(_language: str) -> dict[str, str]:
    return {code: str(name) for code, name in jurisdiction_choices()}
