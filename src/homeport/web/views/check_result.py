"""The result, what now, and taking it along."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeport.core import clock
from homeport.web.middleware import open_page
from homeport.web.views.check import calm, expired, language, page, place, show
from homeport.web.visitor import export_json, screens
from homeport.web.visitor.posted import Unreadable, read_form
from homeport.web.visitor.result import result as read_result
from homeport.web.visitor.state import Journey
from homeport.web.visitor.steps import Screen, Turn


@require_http_methods(["GET", "HEAD", "POST"])
@calm
def result(request: HttpRequest) -> HttpResponse:
    """The map, the words and the table."""
    return _with_visit(request, lambda journey: result_page(request, journey))


@require_http_methods(["GET", "HEAD", "POST"])
@calm
def keep(request: HttpRequest) -> HttpResponse:
    """A copy to take along: PDF or JSON. Made for this one answer, and kept nowhere."""
    kind = read_form(request).word("as") if request.method == "POST" else ""

    def file(journey: Journey) -> HttpResponse:
        if kind == "json":
            return _attachment(export_json.document(journey, language()), "application/json", "json")
        if kind == "pdf":
            # The typesetter takes a moment to load and most visitors never ask for it.
            from homeport.web.visitor.export_pdf import document

            return _attachment(document(journey, language()), "application/pdf", "pdf")
        raise Unreadable("There is a PDF and a JSON file to take along; nothing else.")

    return _with_visit(request, file)


@open_page()
@require_http_methods(["GET", "HEAD", "POST"])
@calm
def what_now(request: HttpRequest) -> HttpResponse:
    """Where to go from here; with a way back to the result where there is one."""
    if request.method != "POST":
        return page(request, "what_now", {"visit": ""})
    opened = read_form(request).opened()
    context = {"visit": screens.sealed(opened.journey), "minor": opened.journey.minor}
    return page(request, "what_now", context)


def result_page(
    request: HttpRequest, journey: Journey, *, thanks: bool = False, later: bool = False
) -> HttpResponse:
    """The result of a visit, or the questions where there is nothing to show yet. ``later``: giving must wait a little."""
    if not journey.runs:
        return show(request, Turn(journey, Screen.CHOOSE))
    found = read_result(journey, language())
    context = {"visit": screens.sealed(journey), "result": found, "thanks": thanks, "later": later}
    if not found.people:
        return page(request, "too_few", context)
    return place(request, render_to_string("web/check/result.html", context), with_result=True)


def _with_visit(request: HttpRequest, answer: Callable[[Journey], HttpResponse]) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseRedirect(reverse("check-start"), status=303)
    opened = read_form(request).opened()
    return expired(request, opened) if opened.expired else answer(opened.journey)


def _attachment(content: bytes, kind: str, ending: str) -> HttpResponse:
    # A neutral name: the file may lie on a desktop that others see.
    name = f"my-page-{clock.today().isoformat()}.{ending}"
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
