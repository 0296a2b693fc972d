"""Reading what somebody posted, so that it can be kept and given back."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

# A number, an id, a date: what a form adds by itself, and nobody wrote.
_BY_ITSELF = re.compile(r"[\W\d]*|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|on|yes")
View = TypeVar("View", bound=Callable[..., Any])

# Never kept: the form's own token, secrets, what says which draft this is.
UNKEPT = ("csrfmiddlewaretoken", "kept_draft")
SECRET = ("password", "passwort", "code", "otp", "token", "secret", "credential")
MOST_FIELDS = 200


def never_kept(view: View) -> View:
    """Mark a view whose answers are kept nowhere when a session times out: a screen that must leave no trace."""
    view.never_kept = True  # type: ignore[attr-defined]
    return view


def fields_of(request: HttpRequest) -> list[tuple[str, str]]:
    """(name, value) of everything that was typed and may be kept, in its order; nothing where it cannot be read."""
    try:
        posted = list(request.POST.lists())
    except (UnreadablePostError, MultiPartParserError, RequestDataTooBig, TooManyFieldsSent):
        return []
    pairs = [(name, str(value)) for name, values in posted for value in values]
    kept = [(name, value) for name, value in pairs if not _is_secret(name)]
    return kept[:MOST_FIELDS] if any(value.strip() for _, value in kept) else []


@dataclass(frozen=True, slots=True)
class Typed:
    """One field as it is given back: sent on as it is, and shown where somebody wrote it."""

    name: str
    value: str

    @property
    def label(self) -> str:
        """The field's name as words."""
        return self.name.rpartition("-")[2].replace("_", " ").strip().capitalize()

    @property
    def is_shown(self) -> bool:
        """Whether somebody wrote it, rather than the form by itself."""
        return not _BY_ITSELF.fullmatch(self.value.strip())


def typed(fields: Iterable[tuple[str, str]]) -> list[Typed]:
    """The fields as they are given back."""
    return [Typed(name, value) for name, value in fields]


def _is_secret(name: str) -> bool:
    lowered = name.lower()
    return lowered in UNKEPT or any(word in lowered for word in SECRET)
