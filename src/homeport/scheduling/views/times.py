"""Finding a free time and booking it: the time is kept for some minutes while one makes up one's mind."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from homeport.access.gate import FORM, WRITES, Hidden, actor_in, get_rows, person_in, route, standing_in
from homeport.audit.verbs import Verb
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.materials import Material
from homeport.people.posting import refused, saved
from homeport.scheduling.availability import rules_of
from homeport.scheduling.models import Appointment, Hold, Offering, Place
from homeport.scheduling.offered import Party, chosen_time, offerings_in, times_shown
from homeport.scheduling.policies import JOINT
from homeport.scheduling.presenters import by_day, city_of, lateness, money, my_zone, other_clock
from homeport.scheduling.services.book_appointment import book_appointment
from homeport.scheduling.services.hold_time import hold_time, release_hold
from homeport.scheduling.services.occupy import Taken
from homeport.scheduling.views.asking import day_asked, today_here
from homeport.scheduling.views.which_child import party_asked, says_which_child, times_of


@route(verb=Verb.CREATE, material=Material.APPOINTMENT, methods=FORM)
@says_which_child
def times(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The free times of the therapists of a case; pressing one keeps it for oneself."""
    party = party_asked(request, case_id)
    offerings = offerings_in(party.case, standing_in(request))
    offering = _offering(request, offerings)
    error: HomeportError | None = None
    if request.method == "POST" and offering is not None:
        try:
            at, place = chosen_time(request.POST.get("time", ""))
            hold = hold_time(actor=actor_in(request), offering=offering, begins_at=at, place=place)
        except HomeportError as refusal:
            error = refusal
        else:
            kept = reverse("appointment-keep", args=[case_id, hold.pk])
            return HttpResponseRedirect(f"{kept}{party.query}", status=303)
    return times_page(request, party, offerings, offering, error)


def times_page(
    request: HttpRequest,
    party: Party,
    offerings: list[Offering],
    offering: Offering | None,
    error: HomeportError | None,
) -> HttpResponse:
    """Two weeks of times, with what one can choose between, and what went wrong."""
    shown = times_shown(offering, day_asked(request), today_here()) if offering else None
    instead = error.next_times if isinstance(error, Taken) and offering else []
    context = {
        "here": "appointments",
        "party": party,
        "offerings": _called(offerings),
        "offering": offering,
        "shown": shown,
        "instead": by_day(instead, _places(instead), offering.therapist.person.zone) if offering else [],
        "zone": city_of(my_zone()),
        "error": str(error) if error else "",
        "is_joint": offering is not None and offering.kind in JOINT,
    }
    return render(request, "scheduling/times.html", context, status=422 if error else 200)


@route(verb=Verb.CREATE, material=Material.APPOINTMENT, methods=FORM)
@says_which_child
def keep(request: HttpRequest, case_id: UUID, hold_id: UUID) -> HttpResponse:
    """A time that is kept, with everything to know before one books it."""
    party = party_asked(request, case_id)
    hold = _held(request, hold_id, party)
    if hold is None and (made := _made_of(request, hold_id)) is not None:
        return saved(request, _booked(made), "appointment", made.pk)
    if hold is None or hold.lapses_at <= now():
        error = HomeportError(_("This time is no longer kept for you. Please choose one again."))
        return refused(request, error, times_of(party))
    offering = hold.offering
    if request.method == "POST":
        try:
            made = book_appointment(
                actor=actor_in(request),
                offering=offering,
                begins_at=hold.begins_at,
                case_id=case_id,
                subject_id=party.subject_for(offering),
                place=hold.place,
                hold=hold,
            )
        except HomeportError as error:
            return refused(request, error, times_of(party))
        return saved(request, _booked(made), "appointment", made.pk)
    rules = rules_of([offering.therapist_id])[offering.therapist_id]
    context = {
        "here": "appointments",
        "party": party,
        "hold": hold,
        "elsewhere": other_clock(
            hold.begins_at, hold.place.zone if hold.place else offering.therapist.person.zone
        ),
        "fee": money(offering.price, offering.currency),
        "rules": lateness(rules, offering.price),
        "is_joint": offering.kind in JOINT,
    }
    return render(request, "scheduling/keep.html", context)


def _booked(made: Appointment) -> str:
    if made.status == made.Status.PROPOSED:
        return _("We have asked everybody. You hear from us when all can come.")
    return _("It is booked.")


def _made_of(request: HttpRequest, hold_id: UUID) -> Appointment | None:
    """What was booked with this hold already: the form was sent again. None where nothing was, or not by its reader."""
    mine = Q(pk=hold_id, author_id=person_in(request)) & ~Q(status=Appointment.Status.CANCELLED)
    return next(iter(get_rows(request, Appointment, mine, limit=1)), None)


@route(verb=Verb.WITHDRAW, methods=WRITES)
@says_which_child
def drop(request: HttpRequest, case_id: UUID, hold_id: UUID) -> HttpResponse:
    """Give a kept time back."""
    party = party_asked(request, case_id)
    hold = _held(request, hold_id, party)
    if hold is not None:
        release_hold(actor=actor_in(request), hold=hold, case_id=case_id)
    return HttpResponseRedirect(times_of(party), status=303)


def _held(request: HttpRequest, hold_id: UUID, party: Party) -> Hold | None:
    """The reader's own, or what was kept in this case for the child they book for; None for one that has gone."""
    kept = Q(person_id=party.person_id, waiting__case_id=party.case.pk)
    held = Hold.objects.filter(Q(person_id=person_in(request)) | kept, pk=hold_id)
    return held.select_related("offering__therapist__person", "place").first()


def _offering(request: HttpRequest, offerings: list[Offering]) -> Offering | None:
    """The one that the address or the form names; the first where it names none."""
    asked = request.POST.get("offering") or request.GET.get("offering")
    if not asked:
        return offerings[0] if offerings else None
    found = next((one for one in offerings if str(one.pk) == asked), None)
    if found is None:
        raise Hidden
    return found


def _called(offerings: list[Offering]) -> list[tuple[str, str]]:
    """What one can choose, in words short enough for a telephone: with whom only where there are several."""
    several = len({one.therapist_id for one in offerings}) > 1
    return [(str(one.pk), " · ".join(filter(None, _parts(one, several)))) for one in offerings]


def _parts(offering: Offering, several: bool) -> tuple[str, ...]:
    whose = offering.therapist.person.shown_name if several else ""
    minutes = _("%(number)d min") % {"number": offering.minutes}
    price = money(offering.price, offering.currency)
    return (offering.get_kind_display(), offering.get_way_display(), whose, minutes, price)


def _places(found: object) -> dict[UUID, Place]:
    ids = {one.place_id for one in found if one.place_id}  # type: ignore[attr-defined]
    return {place.pk: place for place in Place.objects.filter(pk__in=ids)} if ids else {}
