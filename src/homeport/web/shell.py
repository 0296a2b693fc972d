"""What every page needs to know, and nothing that costs a query."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from homeport.people.known import known

# Where the quick exit goes: a plain site that anyone might have open, in every language, without advertising.
EXIT_ADDRESS = "https://www.wikipedia.org/"


def for_everybody() -> dict[str, Any]:
    """What header and footer show, the same to all: is this the demo, whose practice is it, where the exit leads."""
    return {
        "demo": settings.DEMO,
        "practice_name": known().name or settings.PRACTICE_NAME,
        "exit_address": EXIT_ADDRESS,
    }


def shell(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - a context processor is called with the request
    """Context of every template."""
    return for_everybody()
