"""Whether somebody proved a short while ago that they are who they are."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from homeport.core.actor import Actor
from homeport.core.clock import now

View = TypeVar("View", bound=Callable[..., Any])
RECENT = timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def last_proof(request: HttpRequest) -> datetime | None:
    """When the person behind this session last showed a password, a passkey or a code; None when they are not signed in."""
    if not request.user.is_authenticated:
        return None
    records = get_authentication_records(request, request.user)
    moments = [datetime.fromtimestamp(record["at"], tz=UTC) for record in records]
    signed_in = request.session.get("signed_in_at")
    return max([*moments, *([datetime.fromisoformat(signed_in)] if signed_in else [])], default=None)


def is_recent(request: HttpRequest, within: timedelta = RECENT) -> bool:
    """Whether that was less than ``within`` ago."""
    proof = last_proof(request)
    return proof is not None and now() - proof < within


def ask_again(request: HttpRequest) -> None:
    """Stop here and ask for a password, a passkey or a code; what was posted goes on afterwards by itself.

    Somebody who signed in by a code in the mail, and has neither, signs in anew.
    """
    if request.user.is_authenticated and not get_reauthentication_flows(request.user):
        logout(request)
        there = urlencode({"next": request.get_full_path()})
        raise ImmediateHttpResponse(HttpResponseRedirect(f"{reverse('account_login')}?{there}"))
    raise ReauthenticationRequired


def ask_again_unless_recent(request: HttpRequest, within: timedelta = RECENT) -> None:
    """For a view of which only a part gives something away: asks again who is there, unless they showed it just now."""
    if not is_recent(request, within):
        ask_again(request)
    if hasattr(request, "actor"):
        # A form that went on by itself was held up before the proof: its actor is of before, too.
        was = request.actor
        request.actor = Actor(was.kind, was.user_id, was.person_id, was.via, last_proof(request), was.origin)


def recent_authentication_required(within: timedelta = RECENT) -> Callable[[View], View]:
    """Mark a view that gives something away for good (an export, a key, a role): it asks again who is there."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            ask_again_unless_recent(request, within)
            return view(request, *args, **kwargs)

        return guarded  # type: ignore[return-value]

    return decorate
