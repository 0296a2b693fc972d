"""The pages that say what Homeport is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homeport.web.middleware import open_page
from homeport.web.views.library import featured

# Three doors into the library for someone who has just arrived.
FIRST_READS = ("styles-are-not-boxes", "anxious-attachment", "what-happens-in-therapy")


@open_page()
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """The front door."""
    return render(request, "web/landing.html", {"reads": featured(FIRST_READS)})


@open_page()
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Who this is for, what it can and cannot do."""
    return render(request, "web/about.html")


@open_page()
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept: nothing; and how to leave no trace."""
    return render(request, "web/privacy.html")
