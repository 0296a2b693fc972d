"""What is shown when something went wrong: calm, and never without a way to help."""

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

# Shown when even the template of the page for faults cannot be drawn.
LAST_RESORT = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Homeport</title>'
    "<h1>Something went wrong on our side</h1>"
    '<p>Please try again in a minute. If you need help now: <a href="/help/">Help now</a>.</p></html>'
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """400: what came in could not be read."""
    return render(request, "web/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """403: not open to this visitor."""
    return render(request, "web/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """404: no such page."""
    return render(request, "web/errors/404.html", status=404)


def for_forms_alone(request: HttpRequest, methods: Collection[str]) -> HttpResponse:
    """405: somebody opened an address that only takes what a form sends, such as after signing in again."""
    page = render(request, "web/errors/405.html", status=405)
    page["Allow"] = ", ".join(methods)
    return page


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """500: a fault of ours. Rendered without context processors, since one of them may be what broke."""
    try:
        page = get_template("web/errors/500.html").render()
    except Exception:  # whatever broke, the person still gets a page and a way to help
        page = LAST_RESORT
    return HttpResponse(page, status=500)
