"""Days off, and what is booked in them: by whoever is away, or for them by the front desk."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from homeport.access.duties import Duty
from homeport.access.gate import FORM, actor_in, person_in, require_duty, route
from homeport.access.table import Sight
from homeport.audit.verbs import Verb
from homeport.core.materials import Material
from homeport.core.versions import Changed
from homeport.people.models import Therapist
from homeport.people.posting import posted, saved, status_of, tried
from homeport.scheduling.forms.hours import AwayForm
from homeport.scheduling.models import Appointment, Away
from homeport.scheduling.presenters import city_of, meetings, my_zone
from homeport.scheduling.services.close_days import close_days
from homeport.scheduling.views.asking import day_asked, sound_day
from homeport.scheduling.views.closing import booked_then, said_of
from homeport.scheduling.views.hours import therapist_in
from homeport.scheduling.week import bounds, first_calls


@route(verb=Verb.CREATE, material=Material.APPOINTMENT, methods=FORM)
def away(request: HttpRequest) -> HttpResponse:
    """One's own days off, or some hours; with what is booked then."""
    return _page(request, therapist_in(request), Sight.WHOLE, "hours")


@route(verb=Verb.CREATE, material=Material.APPOINTMENT, methods=FORM)
def away_for(request: HttpRequest, therapist_id: UUID) -> HttpResponse:
    """The front desk closes the days of somebody who cannot do it: it sees times and places, and neither who nor why."""
    require_duty(request, Duty.SEE_DAY)
    therapist = get_object_or_404(Therapist.objects.select_related("person"), pk=therapist_id)
    return _page(request, therapist, Sight.TIME_AND_PLACE, "desk")


def _page(request: HttpRequest, therapist: Therapist, sight: Sight, back: str) -> HttpResponse:
    """A form of days; then, where something is booked in them, what of it is called off: one button does all of it."""
    form = AwayForm(posted(request), initial=_first(request))
    span = form.span(my_zone()) if form.is_valid() else _span_asked(request)
    then = booked_then(request, span, sight, therapist)
    if form.is_valid() and then.is_seen and _close(request, form, therapist, then.chosen):
        return saved(request, said_of(then.chosen), back)
    me = person_in(request) if sight == Sight.WHOLE else None
    context = {
        "here": "week" if back == "hours" else "desk",
        "back": back,
        "form": form,
        "booked": meetings(then.booked, me),
        "ticked": then.ticked,
        "asks": form.is_valid() and not then.is_seen,
        "calls": first_calls(therapist.pk, *span) if span and back == "hours" else [],
        "therapist": therapist.person.shown_name if back == "desk" else "",
        "zone": city_of(my_zone()),
    }
    return render(request, "scheduling/away.html", context, status=422 if form.is_bound else status_of(form))


def _close(request: HttpRequest, form: AwayForm, therapist: Therapist, chosen: list[Appointment]) -> bool:
    """Whether it is done; else the reason stands on the form."""
    begins_at, ends_at = form.span(my_zone())

    def act() -> Away:
        return close_days(
            actor=actor_in(request),
            therapist=therapist,
            begins_at=begins_at,
            ends_at=ends_at,
            called_off=chosen,
        )

    try:
        return tried(form, act) is not None
    except Changed as error:
        form.add_error(None, str(error))
        return False


def _first(request: HttpRequest) -> dict[str, object]:
    days = _days(request)
    return {"from_on": days[0], "until_on": days[1]} if days else {}


def _days(request: HttpRequest) -> tuple[date, date] | None:
    """The days that the address names: ``day``, through ``until`` where it says so."""
    if "day" not in request.GET:
        return None
    first = sound_day(day_asked(request, "day"))
    return first, max(first, sound_day(day_asked(request, "until"))) if "until" in request.GET else first


def _span_asked(request: HttpRequest) -> tuple[datetime, datetime] | None:
    days = _days(request)
    return bounds(days[0], (days[1] - days[0]).days + 1) if days and request.method == "GET" else None
