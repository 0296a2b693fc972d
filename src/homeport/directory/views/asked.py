"""What somebody asked, for whoever asked it: by the link in their mail, or signed in."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from homeport.access.gate import FORM, WRITES, Hidden, actor_in, get_rows, person_in, route
from homeport.audit.verbs import Verb
from homeport.core.errors import HomeportError
from homeport.core.materials import Material
from homeport.directory.carried import Lost
from homeport.directory.links import as_author, read_secret
from homeport.directory.models import Request
from homeport.directory.presenters_of_requests import names_of, open_own, shown_to_author
from homeport.directory.services.send_request import send_request, withdraw_request
from homeport.people.posting import refused, saved

LONGEST_SECRET = 400


@csrf_exempt  # whoever holds the link acts; there is no cookie to guard
@route(verb=Verb.READ, material=Material.REQUEST, public=True, methods=FORM)
def link(request: HttpRequest) -> HttpResponse:
    """The link in the mail: first its secret is asked for (a script takes it from the address), then all that came of it."""
    if request.method != "POST":
        return render(request, "directory/asked/secret.html")
    secret = request.POST.get("secret", "").strip()[:LONGEST_SECRET]
    try:
        request_id, author_id = read_secret(secret)
        author = as_author(actor_in(request), author_id)
        said = _do(request, author, request_id)
        asked = open_own(author, request_id)
    except (Lost, Hidden):
        return _no_more(request, _("This link does not open anything, or not any more."))
    except HomeportError as error:
        return _no_more(request, str(error))
    shown: dict[str, Any] = {"asked": shown_to_author(asked), "secret": secret, "said": said}
    return render(request, "directory/asked/one.html", shown)


def _do(request: HttpRequest, author: Any, request_id: UUID) -> str:
    """Send it or take it back, as the button said."""
    do = request.POST.get("do")
    if do == "send":
        send_request(actor=author, request_id=request_id)
        return _("It is sent.")
    if do == "withdraw":
        withdraw_request(actor=author, request_id=request_id)
        return _("You took it back. Nobody sees it any more.")
    return ""


def _no_more(request: HttpRequest, sentence: str) -> HttpResponse:
    return render(request, "directory/asked/secret.html", {"error": sentence}, status=422)


@route(verb=Verb.LIST, material=Material.REQUEST)
def mine(request: HttpRequest) -> HttpResponse:
    """What one asked, signed in."""
    rows = get_rows(request, Request, Q(author_id=person_in(request)), limit=50)
    names = names_of(rows)
    shown = [shown_to_author(row, names) for row in rows]
    return render(request, "directory/asked/mine.html", {"here": "home", "requests": shown})


@route(verb=Verb.WITHDRAW, material=Material.REQUEST, methods=WRITES)
def take_back(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take back what one asked."""
    try:
        withdraw_request(actor=actor_in(request), request_id=request_id)
    except HomeportError as error:
        return refused(request, error, "my-requests")
    return saved(request, _("You took it back. Nobody sees it any more."), "my-requests")
