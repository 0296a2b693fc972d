"""When somebody reads what comes in: the practice's own setting."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import FORM, actor_in, require_duty, route
from homeport.audit.verbs import Verb
from homeport.people.posting import posted, saved, status_of, tried_beside
from homeport.safety.forms import HoursForm
from homeport.safety.selectors import anyone_reading_now, reading_hours
from homeport.safety.services.keep_reading_hours import keep_reading_hours
from homeport.safety.telling import told


@route(verb=Verb.SETTING, methods=FORM)
def hours(request: HttpRequest) -> HttpResponse:
    """Which hours, which days not, how soon; and what people are told because of it."""
    require_duty(request, Duty.CHANGE_PRACTICE)
    form = HoursForm(posted(request), initial=HoursForm.values(reading_hours()))
    done, theirs = tried_beside(form, lambda: _keep(request, form), lambda: HoursForm.values(reading_hours()))
    if done:
        return saved(request, _("Saved."), "reading-hours")
    context = {"here": "practice", "form": form, "theirs": theirs, "told": told(anyone_reading_now())}
    return render(request, "safety/hours.html", context, status=status_of(form))


def _keep(request: HttpRequest, form: HoursForm) -> Any:
    said = form.cleaned_data
    return keep_reading_hours(
        actor=actor_in(request),
        version=said["version"] or 1,
        weekly=form.weekly,
        closed=said["closed"],
        urgent_minutes=said["urgent_minutes"],
        same_day_minutes=said["same_day_minutes"],
    )
