"""Sharing a journal entry with one's therapist."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from homeport.access.gate import WRITES, actor_in, route
from homeport.audit.verbs import Verb
from homeport.core.errors import HomeportError
from homeport.core.materials import Material
from homeport.exercises.presenters import shown
from homeport.exercises.services.share_entry import share_entry, take_back_entry
from homeport.exercises.views.journal import own_entry


@route(verb=Verb.SHARE, material=Material.JOURNAL_ENTRY, methods=WRITES)
def share(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Open it to the care team of its case."""
    row = own_entry(request, entry_id)
    try:
        share_entry(actor=actor_in(request), entry=row)
    except HomeportError as error:
        context = {
            "here": "journal", "entry": shown(row), "is_mine": True, "case_id": row.case_id, "error": str(error),
        }  # fmt: skip
        return render(request, "exercises/entry.html", context, status=422)
    return HttpResponseRedirect(reverse("journal-entry", args=[entry_id]), status=303)


@route(verb=Verb.WITHDRAW, material=Material.JOURNAL_ENTRY, methods=WRITES)
def take_back(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Close it again."""
    row = own_entry(request, entry_id)
    take_back_entry(actor=actor_in(request), entry=row)
    return HttpResponseRedirect(reverse("journal-entry", args=[entry_id]), status=303)
