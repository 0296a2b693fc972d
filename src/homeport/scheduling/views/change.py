"""Moving and cancelling an appointment, by whoever comes and by the practice."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.gate import FORM, actor_in, person_in, route, standing_in
from homeport.audit.verbs import Verb
from homeport.core.errors import HomeportError
from homeport.core.materials import Material
from homeport.people.posting import saved
from homeport.scheduling.availability import rules_of
from homeport.scheduling.models import Appointment
from homeport.scheduling.offered import chosen_time, times_shown
from homeport.scheduling.policies import Side, check_late_move, check_open, is_late, side_in
from homeport.scheduling.presenters import by_day, lateness, meeting, meetings, my_zone
from homeport.scheduling.services.cancel_appointment import cancel_appointment
from homeport.scheduling.services.occupy import Taken
from homeport.scheduling.services.reschedule_appointment import reschedule_appointment
from homeport.scheduling.views.asking import appointment_in, day_asked, today_here, version_sent


@route(verb=Verb.CHANGE, material=Material.APPOINTMENT, methods=FORM)
def move(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Choose another time. Whoever comes chooses among the free ones."""
    row = appointment_in(request, appointment_id)
    side = side_in(standing_in(request), row)
    error = _cannot_move(row, side)
    if request.method == "POST" and error is None:
        try:
            at, place = chosen_time(request.POST.get("time", ""))
            reschedule_appointment(
                actor=actor_in(request),
                appointment=row,
                begins_at=at,
                place=place,
                version=version_sent(request),
            )
            return saved(request, _("It is moved."), "appointment", row.pk)
        except HomeportError as refusal:
            error = refusal
    meetings([row], person_in(request))
    blocked = _cannot_move(row, side) is not None
    instead = error.next_times if isinstance(error, Taken) else []
    context = {
        "here": "appointments",
        "meeting": meeting(row, person_in(request)),
        "shown": None if blocked else times_shown(row.offering, day_asked(request), today_here()),
        "instead": by_day(instead, {}, row.zone),
        "zone": my_zone(),
        "error": str(error) if error else "",
        "is_joint": row.is_joint,
    }
    return render(
        request, "scheduling/move.html", context, status=422 if error and request.method == "POST" else 200
    )


def _cannot_move(row: Appointment, side: Appointment.Side) -> HomeportError | None:
    try:
        check_open(row)
        if side == Side.CLIENT:
            check_late_move(row)
    except HomeportError as error:
        return error
    return None


@route(verb=Verb.WITHDRAW, material=Material.APPOINTMENT, methods=FORM)
def cancel(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Call it off, after reading what that means."""
    row = appointment_in(request, appointment_id)
    side = side_in(standing_in(request), row)
    error = ""
    if request.method == "POST":
        try:
            cancel_appointment(
                actor=actor_in(request),
                appointment=row,
                version=version_sent(request),
                accept_late=request.POST.get("late") == "on",
            )
            return saved(request, _("It is cancelled."), "appointments" if side == Side.CLIENT else "week")
        except HomeportError as refusal:
            error = str(refusal)
    meetings([row], person_in(request))
    context = {
        "here": "appointments",
        "meeting": meeting(row, person_in(request)),
        "is_client": side == Side.CLIENT,
        "is_late": side == Side.CLIENT and is_late(row),
        "rules": lateness(rules_of([row.therapist_id])[row.therapist_id], row.price),
        "error": error,
    }
    return render(request, "scheduling/cancel.html", context, status=422 if error else 200)
