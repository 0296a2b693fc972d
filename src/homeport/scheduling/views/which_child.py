"""For which child somebody books who stands for several in one case: the address says it, or the page asks."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from homeport.access.gate import standing_in
from homeport.scheduling.offered import Party, WhichChild, party_of

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def party_asked(request: HttpRequest, case_id: UUID) -> Party:
    """For whom the reader books in this case. Raises ``Hidden``, and ``WhichChild`` where the address does not say."""
    return party_of(standing_in(request), case_id, request.GET.get("child", ""))


def times_of(party: Party) -> str:
    """The address of the free times, for whom they were looked at."""
    return f"{reverse('appointment-times', args=[party.case.pk])}{party.query}"


def says_which_child(view: View[Rest]) -> View[Rest]:
    """The view, or the page that asks for which child it is. What a form sent without saying it changes nothing."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except WhichChild as which:
            return _page(request, which)

    return asked


def _page(request: HttpRequest, which: WhichChild) -> HttpResponse:
    """A choice made on a page that was asked for leads on to it; one for a form that was sent, to the times."""
    is_asked = request.method == "GET"
    path = request.path if is_asked else reverse("appointment-times", args=[which.case_id])
    choices = []
    for child in which.children:
        query = request.GET.copy()
        query["child"] = str(child.pk)
        choices.append((child.shown_name, f"{path}?{query.urlencode()}"))
    context = {"here": "appointments", "choices": choices}
    return render(request, "scheduling/which_child.html", context, status=200 if is_asked else 422)
