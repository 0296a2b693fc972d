"""What django-axes asks before a password is looked at."""

from typing import Any

from axes.handlers.base import AxesHandler
from django.http import HttpRequest

from homeport.accounts.origin import network_of
from homeport.accounts.throttle import PASSWORD, PASSWORDS_FROM_HERE, claim, give_back, was_right


def account_in(credentials: dict[str, Any] | None) -> str:
    """The account that credentials name, whether there is such a one or not."""
    given = credentials or {}
    return str(given.get("email") or given.get("username") or "").strip().lower()


def password_was_right(request: HttpRequest, account: str) -> None:
    """Forget the tries by this account and origin; one who also guesses others' gets nothing but this one try back."""
    was_right(PASSWORD, account.lower(), network_of(request))
    give_back(PASSWORDS_FROM_HERE, network_of(request))


class Handler(AxesHandler):  # type: ignore[misc] # allauth and axes carry no types
    """Slows down by (account, origin) with growing pauses (see ``throttle``). Keeps neither address, name nor browser."""

    def is_allowed(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Count the try and say whether the password may be looked at."""
        where = network_of(request)
        request.tries_refused = True  # type: ignore[attr-defined]
        if claim(PASSWORDS_FROM_HERE, where) is not None:
            return False
        if claim(PASSWORD, account_in(credentials), where) is not None:
            return False
        request.tries_refused = False  # type: ignore[attr-defined]
        return True

    def is_locked(self, *_args: object, **_kwargs: object) -> bool:
        """Never: there are pauses, and no lock."""
        return False
