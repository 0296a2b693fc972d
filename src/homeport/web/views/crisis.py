"""Help now: who to call or text, where the person is."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from homeport.content.crisis import (
    CrisisPlace,
    countries,
    guess_place,
    place_by_code,
    place_for,
    zone_country,
)
from homeport.core import clock
from homeport.people.known import known
from homeport.web.lines import emergency_lines, groups
from homeport.web.middleware import open_page

A_DAY = 86_400
LONGEST_CODE = 8


@open_page()
@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """The lines of the place chosen by ``?country=CA&region=ON``, or of the place that is most likely."""
    chosen = "country" in request.GET
    place = _chosen(request) if chosen else _guessed(request)
    today = clock.today()
    context = {
        "place": place,
        "chosen": chosen,
        "emergency": emergency_lines(place, today),
        "groups": groups(place, today),
        "gaps": [_(gap) for gap in place.gaps],
        "countries": [
            *((each.country, each.country_name) for each in countries()),
            ("", _("Another country")),
        ],
        "regions": [("", _("All of it")), *place.regions],
    }
    return render(request, "web/help.html", context)


@open_page(cache_seconds=A_DAY)
@require_safe
def zones(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - a view is called with the request
    """Which place each time zone lies in. The browser looks its own zone up in it, and tells nobody."""
    by_zone = zone_country()
    names = {code: place_by_code(code).name for code in set(by_zone.values())}
    return JsonResponse({"zones": dict(by_zone), "names": names})


def _chosen(request: HttpRequest) -> CrisisPlace:
    country, region = request.GET.get("country", ""), request.GET.get("region", "")
    return place_for(country[:LONGEST_CODE], region[:LONGEST_CODE])


def _guessed(request: HttpRequest) -> CrisisPlace:
    return guess_place(
        request.headers.get("Accept-Language", ""), known().crisis_region or settings.CRISIS_REGION or None
    )
