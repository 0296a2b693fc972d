"""One time that the front desk moves or cancels for somebody: it sees when, where and who leads it, and not who comes."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from homeport.access.duties import Duty
from homeport.access.gate import FORM, Hidden, actor_in, get_row, require_duty, route, standing_in
from homeport.access.table import Sight
from homeport.audit.verbs import Verb
from homeport.core.errors import HomeportError
from homeport.core.materials import Material
from homeport.people.posting import field_of, saved
from homeport.scheduling.forms.booking import CancelForm, WhenForm
from homeport.scheduling.models import Appointment
from homeport.scheduling.offered import chosen_time, times_for
from homeport.scheduling.policies import Late, Side, check_open, side_in
from homeport.scheduling.presenters import by_day, city_of, meeting, meetings, my_zone
from homeport.scheduling.services.cancel_appointment import cancel_appointment
from homeport.scheduling.services.occupy import Taken
from homeport.scheduling.services.reschedule_appointment import reschedule_appointment
from homeport.scheduling.views.asking import day_asked, today_here, version_sent
from homeport.scheduling.wall_clock import HappensTwice


@route(verb=Verb.CHANGE, material=Material.APPOINTMENT, methods=FORM)
def move(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """To a free time, or to one that is typed; of a series this one only."""
    row = _row(request, appointment_id)
    is_typed = "first" in request.POST
    here = row.begins_at.astimezone(ZoneInfo(row.zone))
    form = WhenForm(request.POST if is_typed else None, initial={"first": here.date(), "time": here.time()})
    error = _closed(row)
    if request.method == "POST" and error is None and (not is_typed or form.is_valid()):
        try:
            moved = _move(request, row, form if is_typed else None)
            return saved(request, _("It is moved, and everybody concerned is written to."), _day(moved))
        except HomeportError as refusal:
            error = refusal
            if is_typed:
                form.is_twice = isinstance(refusal, HappensTwice)
                form.add_error(field_of(form, refusal), str(refusal))
    is_open = _closed(row) is None
    context = _context(row) | {
        "form": form if is_open else None,
        "shown": times_for(row, day_asked(request), today_here()) if is_open else None,
        "instead": by_day(error.next_times, {}, row.zone) if isinstance(error, Taken) else [],
        "place_zone": city_of(row.zone),
        "error": "" if error is None or (is_typed and is_open) else str(error),
    }
    return render(
        request, "scheduling/desk_move.html", context, status=422 if request.method == "POST" else 200
    )


@route(verb=Verb.WITHDRAW, material=Material.APPOINTMENT, methods=FORM)
def cancel(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Call it off for the practice, or for whoever was to come and called: then the rules for late cancelling hold."""
    row = _row(request, appointment_id)
    form = CancelForm(request.POST if request.method == "POST" else None, initial={"side": Side.PRACTICE})
    error, is_late = _closed(row), False
    if request.method == "POST" and error is None and form.is_valid():
        try:
            cancel_appointment(
                actor=actor_in(request),
                appointment=row,
                version=version_sent(request),
                accept_late=form.cleaned_data["late"],
                asked_by=Side(form.cleaned_data["side"]),
            )
            return saved(request, _("It is cancelled, and everybody concerned is written to."), _day(row))
        except HomeportError as refusal:
            if _row(request, appointment_id).status == Appointment.Status.CANCELLED:  # pressed twice
                return saved(request, _("It is cancelled, and everybody concerned is written to."), _day(row))
            error, is_late = refusal, isinstance(refusal, Late)
    context = _context(row) | {
        "form": form if _closed(row) is None else None,
        "is_late": is_late or form["late"].value(),
        "error": str(error or ""),
    }
    return render(
        request, "scheduling/desk_cancel.html", context, status=422 if request.method == "POST" else 200
    )


def _row(request: HttpRequest, appointment_id: UUID) -> Appointment:
    """The appointment, as far as the desk sees it. Raises ``Hidden`` for one that is the reader's own affair."""
    require_duty(request, Duty.SEE_DAY)
    row = get_row(request, Appointment, appointment_id, sight=Sight.TIME_AND_PLACE)
    if side_in(standing_in(request), row) != Side.PRACTICE:
        raise Hidden
    meetings([row], None)
    return row


def _move(request: HttpRequest, row: Appointment, form: WhenForm | None) -> Appointment:
    at, place = (form.moment(row.zone), None) if form else chosen_time(request.POST.get("time", ""))
    return reschedule_appointment(
        actor=actor_in(request), appointment=row, begins_at=at, version=version_sent(request), place=place
    )


def _closed(row: Appointment) -> HomeportError | None:
    try:
        check_open(row)
    except HomeportError as error:
        return error
    return None


def _context(row: Appointment) -> dict[str, object]:
    return {"here": "desk", "meeting": meeting(row, None), "back": _day(row), "zone": city_of(my_zone())}


def _day(row: Appointment) -> str:
    """The desk's page of the day on which it is."""
    return f"{reverse('desk')}?day={timezone.localtime(row.begins_at):%Y-%m-%d}"
