"""Who sends a request: the one place where that is found out, for the pages and the audit.

The database is told by :mod:`homeport.access.wall`, transaction by transaction, from the actor that stands here.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.functional import SimpleLazyObject

from homeport.accounts.acting import actor_of
from homeport.accounts.origin import digest_of, network_of
from homeport.core.actor import ANONYMOUS, Actor
from homeport.core.clock import today
from homeport.core.keys import KeyGone
from homeport.web.declared import declared_for
from homeport.web.views.errors import for_forms_alone, not_found


class WhoActs:
    """Puts ``request.actor`` in place, and refuses methods that the route does not take.

    Nothing is looked up before something asks: a page for everybody costs no query and sets no cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: who_acts(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],  # noqa: ARG002 - Django's signature
        args: tuple[Any, ...],  # noqa: ARG002 - Django's signature
        kwargs: dict[str, Any],  # noqa: ARG002
    ) -> HttpResponse | None:
        """Before the view: None to let it run."""
        declared = declared_for(request.resolver_match)
        if declared is not None and request.method not in declared.methods:
            if request.method == "GET":
                return for_forms_alone(request, declared.methods)
            return HttpResponseNotAllowed(declared.methods)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Whatever would be read or written under a key that was destroyed is not there."""
        if isinstance(exception, KeyGone):
            return not_found(request, exception)
        return None


def who_acts(request: HttpRequest) -> Actor:
    """The actor behind a request. Whoever carries no session is nobody known, and no session is asked for."""
    match = request.resolver_match
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        via = (match.view_name if match and match.view_name else "")[:120]
        return replace(ANONYMOUS, via=via, origin=origin_today(request))
    return replace(actor_of(request), origin=origin_today(request))


def origin_today(request: HttpRequest) -> str:
    """A keyed digest of the network address that is another one tomorrow: it ties acts of one day together, no more."""
    return digest_of("origin", today().isoformat(), network_of(request))[:32]
