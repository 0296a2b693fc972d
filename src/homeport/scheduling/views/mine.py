"""One's own appointments."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.gate import WRITES, Hidden, actor_in, get_rows, person_in, route, standing_in
from homeport.access.standing import Standing
from homeport.audit.verbs import Verb
from homeport.cases.models import Case
from homeport.cases.selectors import Together, cases_with_people
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.materials import Material
from homeport.people.models import Person
from homeport.people.posting import refused, saved
from homeport.scheduling.availability import rules_of
from homeport.scheduling.models import Appointment, AppointmentPerson, Group
from homeport.scheduling.policies import Side, is_late, side_in
from homeport.scheduling.presenters import lateness, meeting, meetings, other_clock
from homeport.scheduling.services.consent_to_time import consent_to_time
from homeport.scheduling.views.asking import appointment_in
from homeport.scheduling.waiting_shown import waits_of
from homeport.scheduling.ward_times import ward_time, ward_times

MOST = 200


@route(verb=Verb.LIST, material=Material.APPOINTMENT)
def appointments(request: HttpRequest) -> HttpResponse:
    """What is to come, what waits for an answer, and where one can book."""
    me, standing = person_in(request), standing_in(request)
    children = [child for _case, child in standing.guards_with_appointments]
    mine = Q(pk__in=AppointmentPerson.objects.filter(person_id=me).values("appointment_id"))
    ahead = Q(ends_at__gt=now()) & (mine | Q(subject_id__in=children))
    rows = get_rows(request, Appointment, ahead, limit=MOST)
    found = [each for each in meetings(rows, me) if not each.is_cancelled and not each.is_without_me]
    by_id = {row.pk: row for row in rows}
    context = {
        "here": "appointments",
        "to_answer": [each for each in found if each.to_answer],
        "for_children": [(each, child) for each in found for child in wards_asked(standing, by_id[each.id])],
        "wards": ward_times(actor_in(request), standing),
        "ahead": [each for each in found if not each.to_answer],
        "has_groups": Group.objects.exists(),
        "cases": _where_to_book(standing, me),
        "waiting": waits_of(standing),
    }
    return render(request, "scheduling/mine.html", context)


def wards_asked(standing: Standing, row: Appointment) -> list[Person]:
    """The children one stands for who are to come, and for whom nobody has said yet whether the time is right."""
    waits = row.status == Appointment.Status.PROPOSED and row.begins_at > now()
    return [
        each.person
        for each in row.people.all()
        if waits
        and each.consent == AppointmentPerson.Consent.ASKED
        and (row.case_id, each.person_id) in standing.guards_with_appointments
    ]


@dataclass(frozen=True, slots=True)
class Booking:
    """A case in which somebody books: with whom. ``ward``: for which child, where they take no part themselves."""

    case_id: UUID
    therapists: str
    others: str
    ward: str


def _where_to_book(standing: Standing, me: UUID) -> list[Booking]:
    """The open cases one takes part in, and those of children one stands for. Three queries."""
    wards = {case for case, _child in standing.guards_with_appointments}
    return [
        Booking(
            each.case.pk,
            ", ".join(one.person.shown_name for one in each.care_team),
            _others(each, me) if each.case.pk in standing.participates_in else "",
            "" if each.case.pk in standing.participates_in else _wards(each, standing),
        )
        for each in cases_with_people(standing.participates_in | wards)
        # A group has its own page: nobody books in it.
        if each.case.status == Case.Status.OPEN and each.case.kind != Case.Kind.GROUP
    ]


def _wards(together: Together, standing: Standing) -> str:
    """The children one stands for there: who else takes part, they do not read."""
    here = [
        each.person.shown_name
        for each in together.participants
        if (together.case.pk, each.person_id) in standing.guards_with_appointments
    ]
    return ", ".join(here)


def _others(together: Together, me: UUID) -> str:
    names = (
        together.name_among_peers(each.person_id) for each in together.participants if each.person_id != me
    )
    return ", ".join(filter(None, names))


@route(verb=Verb.READ, material=Material.APPOINTMENT)
def appointment(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """One appointment: when, where, with whom, and what can still be done with it."""
    try:
        row = appointment_in(request, appointment_id)
    except Hidden:
        times = ward_time(actor_in(request), standing_in(request), appointment_id)
        return render(request, "scheduling/ward.html", {"here": "appointments", "times": times})
    meetings([row], me := person_in(request))
    shown, side = meeting(row, me), _side(request, row)
    rules = rules_of([row.therapist_id])[row.therapist_id]
    context = {
        "here": "week" if side == Side.PRACTICE else "appointments",
        "meeting": shown,
        "may_change": side is not None
        and not shown.is_over
        and not shown.is_cancelled
        and not shown.is_without_me,
        "is_client": side == Side.CLIENT,
        "children_asked": wards_asked(standing_in(request), row),
        "people": [
            (each.person.shown_name, each.get_consent_display() if row.is_joint else "")
            for each in row.people.all()
        ]
        if side == Side.PRACTICE
        else [],
        "series": _series(request, row),
        "is_late": is_late(row),
        "rules": lateness(rules, row.price),
    }
    return render(request, "scheduling/appointment.html", context)


def _series(request: HttpRequest, row: Appointment) -> list[tuple[Appointment, str]]:
    """What is to come of its series, each with the clock of its place where that is another one. One query at most."""
    if row.series_id is None:
        return []
    ahead = Q(series_id=row.series_id, ends_at__gt=now()) & ~Q(status=Appointment.Status.CANCELLED)
    rows = get_rows(request, Appointment, ahead, limit=MOST)
    return [
        (each, other_clock(each.begins_at, each.zone)) for each in sorted(rows, key=lambda one: one.begins_at)
    ]


def _side(request: HttpRequest, row: Appointment) -> Appointment.Side | None:
    try:
        return side_in(standing_in(request), row)
    except Hidden:
        return None


@route(verb=Verb.CHANGE, material=Material.APPOINTMENT, methods=WRITES)
def answer(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Say whether the time of a joint appointment is right for oneself, or for a child one stands for."""
    whom = _whom(request)
    try:
        row = appointment_in(request, appointment_id)
    except Hidden:
        times = ward_time(actor_in(request), standing_in(request), appointment_id)
        row = times[0].row
    if not row.people.filter(person_id=whom).exists():
        raise Hidden
    comes = request.POST.get("answer") == "yes"
    try:
        consent_to_time(
            actor=actor_in(request),
            appointment=row,
            comes=comes,
            person_id=whom,
            whole_series=request.POST.get("scope") == "all",
        )
    except HomeportError as error:
        return refused(request, error, "appointment", row.pk)
    said = _("Thank you. We have written it down.")
    return saved(request, said, "appointments")


def _whom(request: HttpRequest) -> UUID:
    """For whom the answer is: oneself, where nobody is named."""
    try:
        return UUID(request.POST["person"]) if "person" in request.POST else person_in(request)
    except ValueError:
        raise Hidden from None
