"""Answering what one was asked: a list, a beginning, one question on a screen, sending. It works without script."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from homeport.access.gate import FORM, Hidden, actor_in, get_rows, person_in, route
from homeport.accounts.drafts import never_kept
from homeport.assessments.models import Administration, Answer, Assignment, tables_for
from homeport.assessments.presenters import waiting
from homeport.assessments.selectors import begun_of, due_for
from homeport.assessments.services.begin import AlreadySent, begin
from homeport.assessments.services.finish import finish
from homeport.assessments.wordings import NoWording
from homeport.audit.verbs import Verb
from homeport.cases.selectors import names_of
from homeport.content.instruments import load_key
from homeport.core.materials import Material
from homeport.people.models import Person
from homeport.safety.selectors import anyone_reading_now
from homeport.safety.telling import Told, told

ANSWERS = Material.OWN_ANSWERS
EVERY_ANSWER = 500


@route(verb=Verb.LIST, material=ANSWERS)
def waiting_for_me(request: HttpRequest) -> HttpResponse:
    """Everything that waits for one's answers."""
    due = due_for(person_in(request))
    begun = begun_of(due)
    others = names_of({each.about_id for each in due if each.about_id != each.author_id})
    found = []
    for each in due:
        held = begun.get(each.pk)
        about = others.get(each.about_id, "")
        found.append(waiting(each, held, len(answers_in(request, held)) if held else 0, about))
    return render(request, "assessments/asked.html", {"here": "home", "waiting": found})


@never_kept
@route(verb=Verb.CREATE, material=ANSWERS, methods=FORM)
def start(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """What comes, how long it takes, and who reads it; going on leads to the first question without an answer."""
    assignment = mine(request, assignment_id)
    if assignment.state != Assignment.State.DUE:
        return to("asked")
    if request.method == "POST":
        try:
            administration = begin(actor=actor_in(request), assignment_id=assignment_id)
        except NoWording:
            return _page(request, assignment, gone=True, status=409)
        except AlreadySent:  # on another device, in this moment
            return to("asked")
        given = answers_in(request, administration)
        first = next((n for n, item in enumerate(administration.items, 1) if item not in given), None)
        return to("asked-question", assignment_id, first) if first else to("asked-send", assignment_id)
    return _page(request, assignment)


def _page(
    request: HttpRequest, assignment: Assignment, *, gone: bool = False, status: int = 200
) -> HttpResponse:
    held = begun_of([assignment]).get(assignment.pk)
    other = assignment.about_id if assignment.about_id != assignment.author_id else None
    about = names_of([other]).get(other, "") if other else ""
    key = load_key(assignment.instrument, assignment.key_version)
    context = {
        "here": "home",
        "gone": gone,
        "waiting": waiting(assignment, held, len(answers_in(request, held)) if held else 0, about),
        "told": told_to(request) if any(item.risk for item in key.items) else None,
    }
    return render(request, "assessments/start.html", context, status=status)


@never_kept
@route(verb=Verb.SIGN, material=ANSWERS, methods=FORM)
def send(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """What is still open, and the button that sends it all."""
    assignment = mine(request, assignment_id)
    administration = begun_of([assignment]).get(assignment_id)
    if administration is None:
        assignment.refresh_from_db(fields=["state"])  # the same button, pressed a moment before
    if assignment.state != Assignment.State.DUE:
        return to("asked-sent", assignment_id) if assignment.state == Assignment.State.DONE else to("asked")
    if administration is None:
        return to("asked-start", assignment_id)
    if request.method == "POST":
        with suppress(AlreadySent):  # the button was pressed twice
            finish(actor=actor_in(request), assignment_id=assignment_id)
        return to("asked-sent", assignment_id)
    given = answers_in(request, administration)
    left = [
        n for n, item in enumerate(administration.items, 1) if item not in given or given[item].value is None
    ]
    context = {
        "here": "home",
        "assignment": assignment,
        "left": left,
        "first_left": left[0] if left else None,
        "last": len(administration.items),
    }
    return render(request, "assessments/send.html", context)


@route(verb=Verb.READ, material=ANSWERS)
def sent(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """It was sent; what comes next."""
    assignment = mine(request, assignment_id)
    if assignment.state != Assignment.State.DONE:
        return to("asked-start", assignment_id)
    context = {"here": "home", "more": len(due_for(person_in(request))), "told": told_to(request)}
    return render(request, "assessments/sent.html", context)


def mine(request: HttpRequest, assignment_id: UUID) -> Assignment:
    """What was asked of whoever asks now. Raises ``Hidden`` for anybody else's, and for what was taken back."""
    found = get_rows(request, Assignment, Q(pk=assignment_id, author_id=person_in(request)), limit=1)
    if not found or found[0].state == Assignment.State.WITHDRAWN:
        raise Hidden
    return found[0]


def answers_in(request: HttpRequest, administration: Administration) -> dict[str, Answer]:
    """What was answered so far, by item id."""
    model: Any = tables_for(administration.kind).answer
    rows = get_rows(request, model, Q(administration_id=administration.pk), limit=EVERY_ANSWER)
    return {each.item: each for each in rows}


def told_to(request: HttpRequest) -> Told:
    """Whether anybody reads now, in the words and the time of whoever asks."""
    zone = Person.objects.values_list("zone", flat=True).get(pk=person_in(request))
    return told(anyone_reading_now(), zone)


def to(name: str, *args: Any) -> HttpResponseRedirect:
    """Go on to another page; going back in the browser sends nothing twice."""
    return HttpResponseRedirect(reverse(name, args=args), status=303)
