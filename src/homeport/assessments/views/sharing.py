"""One's own answers, and who else in the case may see which of them; and what others opened to oneself."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.gate import WRITES, Hidden, actor_in, route
from homeport.assessments.services.share_measure import Piece, share_measure, take_back_measure
from homeport.assessments.shared import opened_to_me, own_measure, own_measures, shown_to
from homeport.audit.verbs import Verb
from homeport.core.materials import Material
from homeport.people.posting import saved

ANSWERS = Material.OWN_ANSWERS


@route(verb=Verb.LIST, material=ANSWERS)
def mine(request: HttpRequest) -> HttpResponse:
    """Everything one answered about oneself and has sent."""
    return render(request, "assessments/mine.html", {"here": "home", "measures": own_measures(request)})


@route(verb=Verb.READ, material=ANSWERS)
def one_of_mine(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """One of them: what came out, each answer, and who may see which."""
    held = own_measure(request, assignment_id)
    if held is None:
        raise Hidden
    shown = {"here": "home", "measure": held, "people": shown_to(request, assignment_id)}
    return render(request, "assessments/one_of_mine.html", shown)


@route(verb=Verb.SHARE, material=ANSWERS, methods=WRITES)
def share(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """Open a piece to somebody."""
    person_id, piece = _said(request)
    share_measure(actor=actor_in(request), assignment_id=assignment_id, recipient_id=person_id, piece=piece)
    return saved(
        request, _("They can see it now. You can take it back at any time."), "my-measure", assignment_id
    )


@route(verb=Verb.WITHDRAW, material=ANSWERS, methods=WRITES)
def take_back(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """Close it again."""
    person_id, piece = _said(request)
    take_back_measure(
        actor=actor_in(request), assignment_id=assignment_id, recipient_id=person_id, piece=piece
    )
    return saved(request, _("Taken back. They do not see it any more."), "my-measure", assignment_id)


@route(verb=Verb.LIST, material=ANSWERS)
def opened(request: HttpRequest) -> HttpResponse:
    """What others opened to whoever asks."""
    return render(request, "assessments/opened.html", {"here": "home", "measures": opened_to_me(request)})


@route(verb=Verb.READ, material=ANSWERS)
def one_opened(request: HttpRequest, administration_id: UUID) -> HttpResponse:
    """One of them, as far as it was opened."""
    found = opened_to_me(request, administration_id)
    if not found:
        raise Hidden
    return render(request, "assessments/one_opened.html", {"here": "home", "measure": found[0]})


def _said(request: HttpRequest) -> tuple[UUID, Piece]:
    try:
        return UUID(request.POST.get("person", "")), Piece(request.POST.get("piece", ""))
    except ValueError:
        raise Hidden from None
