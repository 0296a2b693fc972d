"""Everybody who waits, and a proposal for all of them at once: nothing happens before a human has confirmed it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from homeport.access.duties import Duty
from homeport.access.gate import WRITES, actor_in, get_rows, require_duty, route
from homeport.audit.verbs import Verb
from homeport.core.errors import HomeportError
from homeport.core.materials import Material
from homeport.directory.models import Request
from homeport.directory.presenters_of_requests import names_of, opened, shown_to_staff
from homeport.directory.services.propose_assignment import (
    BEGINS,
    MOST,
    Proposed,
    Shown,
    confirm_assignment,
    propose_assignment,
)
from homeport.people.models import Person
from homeport.people.posting import refused, saved

SHOWN = 100
WAITS = Q(to_id=None, status=Request.Status.SENT, kind__in=BEGINS)


@route(verb=Verb.LIST, material=Material.REQUEST)
def waiting(request: HttpRequest) -> HttpResponse:
    """Who waits, and what was proposed."""
    require_duty(request, Duty.ASSIGN_PEOPLE)
    return waiting_page(request)


@route(verb=Verb.CHANGE, material=Material.REQUEST, methods=WRITES)
def propose(request: HttpRequest) -> HttpResponse:
    """Work out a proposal for everybody who waits, and show it."""
    require_duty(request, Duty.ASSIGN_PEOPLE)
    try:
        found = propose_assignment(actor=actor_in(request))
    except HomeportError as error:
        return waiting_page(request, error=_(str(error)))
    return waiting_page(request, found=found)


@route(verb=Verb.SHARE, material=Material.REQUEST, methods=WRITES)
def confirm(request: HttpRequest) -> HttpResponse:
    """Give the chosen ones to whom they were proposed for; all of them, by the other button."""
    require_duty(request, Duty.ASSIGN_PEOPLE)
    shown = _shown(request.POST.getlist("row")[:MOST])
    chosen = (
        list(shown)
        if request.POST.get("all")
        else [_id(each) for each in request.POST.getlist("chosen")[:MOST]]
    )
    try:
        went = confirm_assignment(
            actor=actor_in(request), confirmed=[each for each in chosen if each], shown=shown
        )
    except HomeportError as error:
        return refused(request, error, "waiting-people")
    if not went:
        messages.error(request, _("Nothing was given on. Choose somebody, or look at what has changed."))
        return waiting_page(request, status=422)
    said = ngettext("One person was given on.", "%(people)s people were given on.", went) % {"people": went}
    return saved(request, said, "waiting-people")


def _shown(rows: list[str]) -> dict[UUID, Shown]:
    found: dict[UUID, Shown] = {}
    for typed in rows:
        row, version, to = (*typed.split(":"), "", "")[:3]
        row_id = _id(row)
        if row_id and version.isascii() and version.isdigit():
            found[row_id] = (int(version[:9]), _id(to))
    return found


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def waiting_page(
    request: HttpRequest,
    *,
    found: list[Proposed] | None = None,
    changed: Collection[UUID] = (),
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page. ``found``: what a proposal came to; ``changed``: whose proposal is another one than a moment ago."""
    rows = sorted(
        get_rows(request, Request, WAITS, limit=SHOWN),
        key=lambda row: (-row.urgency, row.sent_at or row.created_at),
    )
    names = names_of(rows)
    persons = Person.objects.filter(pk__in={row.proposed_to_id for row in rows if row.proposed_to_id})
    proposed_to = {person.pk: person.name for person in persons}
    shown: list[dict[str, Any]] = [
        {
            "asked": shown_to_staff(row, names),
            "row": row,
            "to": proposed_to.get(row.proposed_to_id, "") if row.proposed_to_id else "",
            "proposal": opened(row, "proposal") or {},
            "changed": row.pk in changed,
        }
        for row in rows
    ]
    context = {
        "here": "requests",
        "people": shown,
        "found": found,
        "error": error,
        "proposed": any(each["to"] for each in shown),
        "held": any(each["proposal"].get("chosen") for each in shown),
    }
    return render(request, "directory/answering/waiting.html", context, status=422 if error else status)
