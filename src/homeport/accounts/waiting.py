"""What a visitor left waiting in this browser while they make an account or sign in, and whose it is.

It waits in the session, sealed under a key that this browser alone holds, for an hour. A browser may be shared: an account
that is made here takes along what waits, but whoever signs in to one they had before is asked first whether it is theirs.
Until they say so nothing of it is shown or stored. Signing out lets go of it, and so can anybody who sees that it waits.
"""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from homeport.core.clock import now

RESULT, WISHES = "held_result", "held_wishes"
WAITS_FOR = timedelta(hours=1)
OWNER = "what_waits_is_of"


def put(request: HttpRequest, name: str, **content: str) -> None:
    """Let it wait. What somebody puts there who is signed in is theirs."""
    request.session[name] = {**content, "at": now().isoformat()}
    if request.user.is_authenticated:
        claim(request)
    else:
        request.session.pop(OWNER, None)


def waiting(request: HttpRequest, name: str) -> dict[str, Any] | None:
    """What waits under this name, whoever's it is; None where nothing does, or it has waited for more than an hour."""
    held = request.session.get(name)
    fresh = isinstance(held, dict) and now() - datetime.fromisoformat(held["at"]) < WAITS_FOR
    return held if fresh else None


def must_be_asked(request: HttpRequest) -> bool:
    """Whether something waits of which whoever is signed in has not said that it is theirs."""
    return not is_mine(request) and any(waiting(request, name) for name in (RESULT, WISHES))


def is_mine(request: HttpRequest) -> bool:
    """Whether what waits belongs to whoever is signed in."""
    return request.user.is_authenticated and request.session.get(OWNER) == str(request.user.pk)


def claim(request: HttpRequest) -> None:
    """It is theirs who is signed in now: they made the account here, or said so."""
    request.session[OWNER] = str(request.user.pk)


def let_go(request: HttpRequest, *names: str) -> None:
    """Hold it no longer."""
    for name in names:
        request.session.pop(name, None)
