"""The assessment, step by step. Nothing about a visitor is stored: the visit travels in the posted form.

There is no cookie and no sign-in, so a forged request carries no authority: it could only show its own sender a page.
That is why these views are exempt from the cross-site check, which would need a cookie.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from homeport.core.errors import HomeportError
from homeport.web.middleware import open_page
from homeport.web.visitor import screens, state, steps
from homeport.web.visitor.posted import Posted, Unreadable, read_form
from homeport.web.visitor.seal import Opened
from homeport.web.visitor.state import Journey
from homeport.web.visitor.stencil import stencil
from homeport.web.visitor.steps import Screen, Turn

# Asked for by check.js (the header "Homeport-Fragment"): the screen alone, without the page around it.
FRAGMENT = "HTTP_HOMEPORT_FRAGMENT"
View = Callable[..., HttpResponse]


def calm(view: View) -> View:
    """A page that says in one sentence what is the matter, for whatever cannot be read as a visit."""

    @csrf_exempt  # no cookie and no authority in the request, see above
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except HomeportError as error:
            return lost(request, error)

    return guarded


@open_page()
@require_http_methods(["GET", "HEAD", "POST"])
@calm
def start(request: HttpRequest) -> HttpResponse:
    """What this is, and the age band. Posted: the youth pages, or whom to think of."""
    if request.method != "POST":
        return page(request, "start", {})
    age = read_form(request).word("age")
    if age == state.UNDER_16:
        return HttpResponseRedirect(reverse("youth"), status=303)
    if age not in state.AGE_BANDS:
        return page(request, "start", {"complaint": _("Please pick your age first.")})
    return show(request, Turn(state.begin(age), Screen.CHOOSE))


@require_http_methods(["GET", "HEAD", "POST"])
@calm
def question(request: HttpRequest) -> HttpResponse:
    """One step: an answer, a skip, back, pause, or setting out."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("check-start"), status=303)
    posted = read_form(request)
    opened = posted.opened()
    turn = _step(opened.journey, posted)
    if opened.expired:
        return expired(request, Opened(turn.journey, expired=True))
    return show(request, turn)


def _step(journey: Journey, posted: Posted) -> Turn:
    step = posted.word("step")
    if step == "begin":
        return steps.choose(journey, posted.words("who"), language())
    return steps.take(journey, step, posted.word("answer"), language())


def show(request: HttpRequest, turn: Turn) -> HttpResponse:
    """The screen of a turn, with everything kept; 422 for what no button of ours sends."""
    drawn = screens.draw(turn, language())
    return place(request, drawn, status=422 if turn.complaint in steps.NEVER_SENT else 200)


def expired(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The visit is older than a day, and whole: ask whether to go on."""
    return page(request, "expired", {"visit": screens.sealed(opened.journey)})


def lost(request: HttpRequest, error: HomeportError) -> HttpResponse:
    """No visit can be read from what came: one sentence, and ways on."""
    status = error.status if isinstance(error, Unreadable) else 400
    return page(request, "lost", {"sentence": _(str(error))}, status=status)


def page(request: HttpRequest, screen: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """One of the quieter screens, by the name of its template."""
    return place(request, render_to_string(f"web/check/{screen}.html", context), status=status)


def place(
    request: HttpRequest, screen: SafeString, *, status: int = 200, with_result: bool = False
) -> HttpResponse:
    """A screen inside the page, or alone where our script asks for it."""
    if FRAGMENT not in request.META:
        around = stencil("web/check/page.html", language(), ("screen",), with_result=with_result)
        screen = around.fill({"screen": screen})
    return HttpResponse(screen, status=status)


def language() -> str:
    """The language of this request."""
    return get_language() or "en"
