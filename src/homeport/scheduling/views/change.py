"""Moving and cancelling an appointment, by whoever comes and by the practice."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.gate import FORM, actor_in, person_in, route, standing_in
from homeport.audit.verbs import Verb
from homeport.core.errors import HomeportError
from homeport.core.materials import Material
from homeport.people.posting import field_of, saved
from homeport.scheduling.availability import rules_of
from homeport.scheduling.forms.booking import SCOPES, MoveForm, scope_in
from homeport.scheduling.models import Appointment, AppointmentPerson, Offering
from homeport.scheduling.offered import chosen_time, times_for
from homeport.scheduling.policies import (
    Side,
    check_late_move,
    check_open,
    check_own_to_move,
    is_late,
    side_in,
)
from homeport.scheduling.presenters import by_day, city_of, lateness, meeting, meetings, my_zone
from homeport.scheduling.services.change_series import Move, Scope, change_series
from homeport.scheduling.services.occupy import Taken
from homeport.scheduling.views.asking import appointment_in, day_asked, today_here, version_sent
from homeport.scheduling.wall_clock import HappensTwice


@route(verb=Verb.CHANGE, material=Material.APPOINTMENT, methods=FORM)
def move(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Choose another time: whoever comes among the free ones, the practice also any that it types."""
    row = appointment_in(request, appointment_id)
    side = side_in(standing_in(request), row)
    is_typed = side == Side.PRACTICE and "first" in request.POST
    form = MoveForm(request.POST if is_typed else None, initial=_now_at(row))
    error = _cannot_move(row, side)
    if request.method == "POST" and error is None and (not is_typed or form.is_valid()):
        try:
            _move(request, row, form if is_typed else None)
            return saved(request, _("It is moved."), "appointment", row.pk)
        except HomeportError as refusal:
            error = refusal
            if is_typed:
                form.is_twice = isinstance(refusal, HappensTwice)
                form.add_error(field_of(form, refusal), str(refusal))
    meetings([row], me := person_in(request))
    blocked = _cannot_move(row, side) is not None
    context = {
        "here": "appointments" if side == Side.CLIENT else "week",
        "meeting": meeting(row, me),
        "shown": None if blocked else times_for(row, day_asked(request), today_here()),
        "instead": by_day(error.next_times, {}, row.zone) if isinstance(error, Taken) else [],
        "zone": city_of(my_zone()),
        "place_zone": city_of(row.zone),
        "error": "" if error is None or is_typed else str(error),
        "is_joint": row.is_joint,
        "form": form if side == Side.PRACTICE and not blocked else None,
    }
    refused = request.method == "POST"
    return render(request, "scheduling/move.html", context, status=422 if refused else 200)


def _move(request: HttpRequest, row: Appointment, form: MoveForm | None) -> None:
    if form is not None:
        to, scope = Move(form.moment(row.zone)), form.scope_said()
    else:
        at, place = chosen_time(request.POST.get("time", ""))
        to, scope = Move(at, place=place), Scope.ONE
    change_series(actor=actor_in(request), appointment=row, scope=scope, version=version_sent(request), to=to)


def _now_at(row: Appointment) -> dict[str, object]:
    here = row.begins_at.astimezone(ZoneInfo(row.zone))
    return {"first": here.date(), "time": here.time(), "scope": Scope.ONE.value}


def _cannot_move(row: Appointment, side: Appointment.Side) -> HomeportError | None:
    try:
        check_open(row)
        if side == Side.CLIENT:
            check_own_to_move(row)
            check_late_move(row)
    except HomeportError as error:
        return error
    return None


@route(verb=Verb.WITHDRAW, material=Material.APPOINTMENT, methods=FORM)
def cancel(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Call it off, after reading what that means; of a series as much as one says."""
    row = appointment_in(request, appointment_id)
    side = side_in(standing_in(request), row)
    error = ""
    if request.method == "POST" and _is_off(request, row, side):
        return _called_off(request, row, side)
    if request.method == "POST":
        try:
            change_series(
                actor=actor_in(request),
                appointment=row,
                scope=scope_in(request.POST.get("scope", "")),
                version=version_sent(request),
                to=None,
                accept_late=request.POST.get("late") == "on",
            )
            return _called_off(request, row, side)
        except HomeportError as refusal:
            if _is_off(request, appointment_in(request, appointment_id), side):
                return _called_off(request, row, side)
            error = str(refusal)
    meetings([row], me := person_in(request))
    context = {
        "here": "appointments" if side == Side.CLIENT else "week",
        "meeting": meeting(row, me),
        "is_client": side == Side.CLIENT,
        "is_late": side == Side.CLIENT and is_late(row),
        "rules": lateness(rules_of([row.therapist_id])[row.therapist_id], row.price),
        "scopes": [(value, label, "") for value, label in SCOPES]
        if row.series_id and not (side == Side.CLIENT and row.kind == Offering.Kind.GROUP)
        else [],
        "error": error,
    }
    return render(request, "scheduling/cancel.html", context, status=422 if error else 200)


def _is_off(request: HttpRequest, row: Appointment, side: Appointment.Side) -> bool:
    """Whether it is as they want it already: the button was pressed twice, or somebody else was faster."""
    mine = row.people.filter(person_id=person_in(request), consent=AppointmentPerson.Consent.NO)
    stays_away = row.kind == Offering.Kind.GROUP and side == Side.CLIENT and mine.exists()
    return row.status == Appointment.Status.CANCELLED or stays_away


def _called_off(request: HttpRequest, row: Appointment, side: Appointment.Side) -> HttpResponse:
    alone = row.kind == Offering.Kind.GROUP and side == Side.CLIENT
    said = _("You do not come this time.") if alone else _("It is cancelled.")
    return saved(request, said, "appointments" if side == Side.CLIENT else "week")
