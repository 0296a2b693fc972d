"""Moving and cancelling by a link in a letter, without signing in: time and button, nothing else."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from homeport.access.gate import FORM, Hidden, actor_in, get_row, route
from homeport.accounts.origin import is_same_site
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.errors import HomeportError
from homeport.core.materials import Material
from homeport.people.languages import written_language
from homeport.people.models import Person
from homeport.scheduling.availability import rules_of
from homeport.scheduling.links import Act, Link, is_spent, read
from homeport.scheduling.models import Appointment, Offering
from homeport.scheduling.offered import chosen_time, times_for
from homeport.scheduling.policies import check_late_move, check_open, check_own_to_move, is_late
from homeport.scheduling.presenters import city_of, lateness, my_zone, other_clock
from homeport.scheduling.services.cancel_appointment import cancel_appointment
from homeport.scheduling.services.reschedule_appointment import reschedule_appointment
from homeport.scheduling.views.asking import day_asked, today_here


@csrf_exempt  # no cookie is read or set: the signature in the address is all there is, and a form of ours must send it
@route(verb=Verb.CHANGE, material=Material.APPOINTMENT, public=True, methods=FORM)
def link(request: HttpRequest, act: str, token: str) -> HttpResponse:
    """What the link is for; pressing the button does it, and then the link is spent."""
    found = read(act, token)
    person = Person.objects.filter(pk=found.person_id).first() if found else None
    if found is None or person is None:
        return _spent(request)
    with timezone.override(person.zone), translation.override(written_language(person.language)):
        row = _row(request, found, person)
        if row is None:
            return _spent(request)
        if request.method == "POST" and is_same_site(request):
            return _done(request, found, row)
        return _page(request, found, row, _why_not(found, row))


def _row(request: HttpRequest, found: Link, person: Person) -> Appointment | None:
    """The meeting, as whoever the letter went to may see it today; None where the link is spent."""
    request.actor = Actor(  # type: ignore[attr-defined]
        "person",
        user_id=person.user_id,
        person_id=person.pk,
        via="appointment-link",
        origin=actor_in(request).origin,
    )
    try:
        row = get_row(request, Appointment, found.appointment_id)
    except Hidden:
        return None
    comes = row.people.filter(person_id=person.pk).exists()
    return row if comes and not is_spent(found, row) else None


def _why_not(found: Link, row: Appointment) -> str:
    try:
        check_open(row)
        if found.act is Act.MOVE:
            check_own_to_move(row)
            check_late_move(row)
    except HomeportError as error:
        return str(error)
    return ""


def _done(request: HttpRequest, found: Link, row: Appointment) -> HttpResponse:
    actor = actor_in(request)
    try:
        if found.act is Act.CANCEL:
            late = request.POST.get("late") == "on"
            cancel_appointment(actor=actor, appointment=row, version=row.version, accept_late=late)
        else:
            at, place = chosen_time(request.POST.get("time", ""))
            row = reschedule_appointment(
                actor=actor, appointment=row, begins_at=at, place=place, version=row.version
            )
    except HomeportError as error:
        if not (found.act is Act.CANCEL and _is_cancelled(request, found)):
            return _page(request, found, row, str(error), status=422)
    shown = {"act": found.act.value, "row": row, "elsewhere": other_clock(row.begins_at, row.zone)}
    return render(request, "scheduling/link_done.html", shown)


def _is_cancelled(request: HttpRequest, found: Link) -> bool:
    """Whether it is as they want it: the button was pressed twice."""
    return get_row(request, Appointment, found.appointment_id).status == Appointment.Status.CANCELLED


def _page(request: HttpRequest, found: Link, row: Appointment, error: str, status: int = 200) -> HttpResponse:
    moves = found.act is Act.MOVE
    shown = times_for(row, day_asked(request), today_here()) if moves and not _why_not(found, row) else None
    context: dict[str, Any] = {
        "act": found.act.value,
        "row": row,
        "elsewhere": other_clock(row.begins_at, row.zone),
        "zone": city_of(my_zone()),
        "shown": shown,
        "is_group": row.kind == Offering.Kind.GROUP,
        "is_late": is_late(row),
        "rules": lateness(rules_of([row.therapist_id])[row.therapist_id], row.price),
        "error": error,
    }
    return render(request, "scheduling/link.html", context, status=status)


def _spent(request: HttpRequest) -> HttpResponse:
    """Alike for a link that was used, is over, was forged, or is somebody else's by now."""
    return render(request, "scheduling/link_spent.html", status=404)
