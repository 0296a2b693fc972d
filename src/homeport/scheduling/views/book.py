"""Booking for somebody: the practice's side."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from homeport.access.duties import Duty
from homeport.access.gate import FORM, actor_in, get_case, require_duty, route, standing_in
from homeport.access.on_cases import CaseAct, cases_for
from homeport.audit.verbs import Verb
from homeport.cases.models import Case
from homeport.cases.selectors import case_with_people, cases_with_people
from homeport.core.errors import HomeportError
from homeport.core.materials import Material
from homeport.people.posting import field_of, posted, saved, status_of
from homeport.scheduling.forms.booking import ONCE, BookForm
from homeport.scheduling.models import Appointment
from homeport.scheduling.namesakes import cases_apart, people_apart
from homeport.scheduling.offered import offerings_of_team, therapists_on
from homeport.scheduling.presenters import by_day
from homeport.scheduling.services.book_appointment import book_appointment
from homeport.scheduling.services.book_series import book_series
from homeport.scheduling.services.occupy import Taken
from homeport.scheduling.views.asking import day_asked
from homeport.scheduling.wall_clock import HappensTwice


@route(verb=Verb.LIST)
def whom(request: HttpRequest) -> HttpResponse:
    """Which case to book for."""
    require_duty(request, Duty.SEE_OWN_CASES)
    found = cases_with_people(cases_for(standing_in(request), CaseAct.BOOK))
    shown = cases_apart(each for each in found if each.case.status == Case.Status.OPEN)
    return render(
        request, "scheduling/whom.html", {"here": "week", "cases": shown, "day": request.GET.get("day", "")}
    )


@route(verb=Verb.CREATE, material=Material.APPOINTMENT, methods=FORM)
def book(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One meeting, or a series of them."""
    case = get_case(request, case_id, CaseAct.BOOK)
    together = case_with_people(case)
    people = people_apart(together.participants)
    offerings = offerings_of_team(case)
    first = {"first": day_asked(request, "day"), "repeats": ONCE, "every": 1}
    team = therapists_on(case)
    form = BookForm(
        posted(request), offerings=offerings, people=people, team=team if len(team) > 1 else (), initial=first
    )
    instead: list[object] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = _booked(request, case_id, form)
        except HomeportError as error:
            form.is_twice = isinstance(error, HappensTwice)
            form.add_error(field_of(form, error), str(error))
            if isinstance(error, Taken):
                instead = list(by_day(error.next_times, {}, form.zone))
        else:
            said = ngettext("It is booked.", "%(number)d times are booked.", len(made)) % {
                "number": len(made)
            }
            return saved(request, said, "appointment", made[0].pk)
    context = {
        "here": "week", "case": case, "form": form, "instead": instead, "offerings": offerings,
        "names": ", ".join(each.person.shown_name for each in together.participants),
    }  # fmt: skip
    return render(request, "scheduling/book.html", context, status=status_of(form))


def _booked(request: HttpRequest, case_id: UUID, form: BookForm) -> list[Appointment]:
    actor, offering = actor_in(request), form.offering_said
    rule = form.rule()
    if rule is None:
        one = book_appointment(
            actor=actor,
            offering=offering,
            begins_at=form.moment(form.zone),
            case_id=case_id,
            subject_id=form.subject_id,
            place=form.place_said,
            co_therapist_ids=form.beside_said,
        )
        return [one]
    series = book_series(
        actor=actor,
        offering=offering,
        rule=rule,
        case_id=case_id,
        subject_id=form.subject_id,
        place=form.place_said,
        co_therapist_ids=form.beside_said,
        skip_taken=form.cleaned_data["skip_taken"],
    )
    return list(series.appointments)
