"""The week and the day of whoever meets people here, and the front desk's day."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from homeport.access.duties import Duty
from homeport.access.gate import Hidden, get_rows, person_in, require_duty, route, standing_in
from homeport.access.table import Sight
from homeport.audit.verbs import Verb
from homeport.core.materials import Material
from homeport.people.models import Therapist
from homeport.scheduling.models import Appointment, CoTherapist
from homeport.scheduling.presenters import city_of, meetings, my_zone
from homeport.scheduling.views.asking import day_asked, sound_day, today_here
from homeport.scheduling.week import bounds, week_of

MOST = 400


@route(verb=Verb.LIST, material=Material.APPOINTMENT)
def week(request: HttpRequest) -> HttpResponse:
    """Seven days, from Monday."""
    asked = sound_day(day_asked(request, "day"))
    return _days(request, asked - timedelta(days=asked.weekday()), 7, asked)


@route(verb=Verb.LIST, material=Material.APPOINTMENT)
def day(request: HttpRequest) -> HttpResponse:
    """One day."""
    asked = sound_day(day_asked(request, "day"))
    return _days(request, asked, 1, asked)


def _days(request: HttpRequest, first: date, count: int, asked: date) -> HttpResponse:
    require_duty(request, Duty.KEEP_OWN_WORK)
    me = person_in(request)
    therapist = Therapist.objects.filter(person_id=me).first()
    if therapist is None:
        raise Hidden
    begin, end = bounds(first, count)
    beside = CoTherapist.objects.filter(therapist=therapist).values("appointment_id")
    mine = Q(therapist=therapist) | Q(pk__in=beside)
    here = Q(ends_at__gt=begin, begins_at__lt=end) & ~Q(status=Appointment.Status.CANCELLED)
    found = meetings(get_rows(request, Appointment, mine & here, limit=MOST), me)
    context = {
        "here": "week",
        "week": week_of(therapist.pk, found, first, count, today_here()),
        "first": first,
        "last": first + timedelta(days=count - 1),
        "asked": asked,
        "before": first - timedelta(days=count),
        "after": first + timedelta(days=count),
        "is_day": count == 1,
        "zone": city_of(my_zone()),
    }
    return render(request, "scheduling/week.html", context)


def _by_name(one: tuple[UUID, str]) -> tuple[str, UUID]:
    return one[1], one[0]


@route(verb=Verb.LIST, material=Material.APPOINTMENT)
def desk(request: HttpRequest) -> HttpResponse:
    """Who of the house meets where and when today: times and places, and neither who comes nor why."""
    require_duty(request, Duty.SEE_DAY)
    asked = sound_day(day_asked(request, "day"))
    begin, end = bounds(asked, 1)
    here = Q(ends_at__gt=begin, begins_at__lt=end) & ~Q(status=Appointment.Status.CANCELLED)
    # Nobody does professional work in a case they take part in themselves.
    apart = Q(case_id=None) | ~Q(case_id__in=standing_in(request).participates_in)
    rows = get_rows(request, Appointment, here & apart, limit=MOST, sight=Sight.TIME_AND_PLACE)
    context = {
        "here": "desk",
        "meetings": meetings(rows, None),
        "leads": sorted(
            {(each.therapist_id, each.therapist.person.shown_name) for each in rows}, key=_by_name
        ),
        "asked": asked,
        "before": asked - timedelta(days=1),
        "after": asked + timedelta(days=1),
        "zone": city_of(my_zone()),
    }
    return render(request, "scheduling/desk.html", context)
