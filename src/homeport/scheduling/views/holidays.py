"""Days on which nobody is met in the whole practice, and what is booked in them."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import FORM, WRITES, Hidden, actor_in, require_duty, route
from homeport.access.table import Sight
from homeport.audit.verbs import Verb
from homeport.core.clock import now
from homeport.core.materials import Material
from homeport.core.versions import Changed
from homeport.people.posting import posted, saved, status_of, tried
from homeport.people.selectors import the_practice
from homeport.scheduling.forms.places import HolidayForm
from homeport.scheduling.models import Appointment, Away
from homeport.scheduling.presenters import city_of, meetings, my_zone
from homeport.scheduling.services.close_days import close_days
from homeport.scheduling.services.keep_hours import drop_exception
from homeport.scheduling.views.closing import MOST, Then, booked_then, said_of

Span = tuple[datetime, datetime]


@route(verb=Verb.CREATE, material=Material.APPOINTMENT, methods=FORM)
def holidays(request: HttpRequest) -> HttpResponse:
    """Holidays ahead, and writing down more: where something is booked then, it is seen before anything happens.

    The manager sees times, places and who leads; neither who comes nor why.
    """
    require_duty(request, Duty.CHANGE_PRACTICE)
    form = HolidayForm(posted(request))
    practice = the_practice()
    span = form.span(practice.zone if practice else "UTC") if form.is_valid() else None
    then = booked_then(request, span, Sight.TIME_AND_PLACE, most=MOST + 1)
    if len(then.booked) > MOST:
        form.add_error("until_on", _("Too much is booked then to look at it at once. Choose fewer days."))
        then = Then([], set(), is_seen=False)
    if span and form.is_valid() and then.is_seen and _close(request, form, span, then.chosen):
        return saved(request, said_of(then.chosen), "holidays")
    context = {
        "here": "practice",
        "form": form,
        "ahead": Away.objects.filter(therapist=None, ends_at__gt=now()).order_by("begins_at", "pk"),
        "booked": meetings(then.booked, None),
        "ticked": then.ticked,
        "asks": bool(then.booked) and not then.is_seen,
        "zone": city_of(my_zone()),
        "whose": True,
    }
    status = 422 if form.is_bound else status_of(form)
    return render(request, "scheduling/holidays.html", context, status=status)


def _close(request: HttpRequest, form: HolidayForm, span: Span, chosen: list[Appointment]) -> bool:
    """Whether it is done; else the reason stands on the form."""

    def act() -> Away:
        return close_days(
            actor=actor_in(request),
            therapist=None,
            begins_at=span[0],
            ends_at=span[1],
            called_off=chosen,
            name=form.cleaned_data["name"],
        )

    try:
        return tried(form, act) is not None
    except Changed as error:
        form.add_error(None, str(error))
        return False


@route(verb=Verb.WITHDRAW, methods=WRITES)
def drop_holiday(request: HttpRequest, away_id: UUID) -> HttpResponse:
    """Take a holiday back."""
    require_duty(request, Duty.CHANGE_PRACTICE)
    found = Away.objects.filter(pk=away_id, therapist=None).first()
    if found is None:
        raise Hidden
    drop_exception(actor=actor_in(request), exception=found)
    return saved(request, _("Taken back."), "holidays")
