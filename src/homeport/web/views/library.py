"""The library."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def index(request: HttpRequest) -> HttpResponse:
    """The shelves."""
    return render(request, "web/about.html", {"here": "library"})
