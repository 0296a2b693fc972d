"""Giving one's answers for calibration: the one thing a visitor may choose to leave behind."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeport.web.views.check import calm, expired
from homeport.web.views.check_result import result_page
from homeport.web.visitor.giving import give
from homeport.web.visitor.posted import read_form


@require_http_methods(["GET", "HEAD", "POST"])
@calm
def give_answers(request: HttpRequest) -> HttpResponse:
    """Store the answers to our own questions, without anything that says whose they are."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("check-start"), status=303)
    opened = read_form(request).opened()
    if opened.expired:
        return expired(request, opened)
    return result_page(request, give(opened.journey), thanks=True)
