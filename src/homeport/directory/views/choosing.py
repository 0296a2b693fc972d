"""Give one of those who wait somebody else than was proposed: among all who fit, with what speaks for and against each."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from homeport.access.duties import Duty
from homeport.access.gate import WRITES, actor_in, require_duty, route
from homeport.audit.verbs import Verb
from homeport.core.errors import HomeportError
from homeport.core.materials import Material
from homeport.directory.models import Request
from homeport.directory.planning import Fitting, is_chosen
from homeport.directory.presenters_of_requests import names_of, shown_to_staff
from homeport.directory.reasons import why, why_not
from homeport.directory.services.choose_for import choose_for, whom_they_could_have
from homeport.directory.views.assigning import waiting_page


@dataclass(frozen=True, slots=True)
class Option:
    """One therapist who fits. ``left``: places that no choice holds; ``others``: for how many it is proposed besides."""

    id: UUID
    name: str
    points: float
    speaks_for: list[str]
    speaks_against: list[str]
    left: int
    others: int
    is_proposed: bool


@route(verb=Verb.READ, material=Material.REQUEST)
def one(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Whom this person could have."""
    require_duty(request, Duty.ASSIGN_PEOPLE)
    return _page(request, request_id)


@route(verb=Verb.CHANGE, material=Material.REQUEST, methods=WRITES)
def choose(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Hold the place of the one who was chosen, or let go, and show what became of the proposal for everybody else."""
    require_duty(request, Duty.ASSIGN_PEOPLE)
    lets_go, typed = bool(request.POST.get("let-go")), request.POST.get("to", "")
    to_id, version = _id(typed), request.POST.get("version", "")
    if to_id is None and not lets_go:
        return _page(request, request_id, error=_("Choose somebody."))
    try:
        changed = choose_for(
            actor=actor_in(request),
            request_id=request_id,
            version=int(version[:9]) if version.isascii() and version.isdigit() else 0,
            to_id=None if lets_go else to_id,
        )
    except HomeportError as error:
        return _page(request, request_id, error=_(str(error)))
    said = _("You let go of your choice.") if lets_go else _("Your choice is held.")
    around = ngettext(
        "Around it, the proposal was worked out anew: one other person has another proposal now.",
        "Around it, the proposal was worked out anew: %(people)s other people have another proposal now.",
        len(changed),
    ) % {"people": len(changed)}
    if not changed:
        around = _("Nobody else's proposal changed.")
    messages.success(request, f"{said} {around}")
    return waiting_page(request, changed=changed)


def _page(request: HttpRequest, request_id: UUID, *, error: str = "") -> HttpResponse:
    asked, group, found = whom_they_could_have(actor=actor_in(request), request_id=request_id)
    context = {
        "here": "requests",
        "asked": shown_to_staff(asked, names_of([asked])),
        "row": asked,
        "options": _options(asked, group, found),
        "held": is_chosen(asked),
        "error": error,
    }
    return render(request, "directory/answering/choose.html", context, status=422 if error else 200)


def _options(asked: Request, group: list[Request], found: Fitting) -> list[Option]:
    zone, places = ZoneInfo(found.wishes[asked.pk].zone), {seat.id: seat.places for seat in found.seats}
    held = Counter(therapist for who, therapist in found.held.items() if who != asked.pk)
    proposed = Counter(each.proposed_to_id for each in group if each.pk != asked.pk and each.proposed_to_id)
    options = []
    for made in found.of(asked.pk):
        profile = found.profiles[made.candidate.id]
        person = profile.therapist.person
        options.append(
            Option(
                person.pk,
                person.name,
                made.points,
                why(made, profile, zone),
                why_not(made, profile, zone),
                max(0, places[made.candidate.id] - held[made.candidate.id]),
                proposed[person.pk],
                person.pk == asked.proposed_to_id,
            )
        )
    return options


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
