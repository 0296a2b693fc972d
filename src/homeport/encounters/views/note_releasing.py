"""Releasing a note to named people."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from homeport.access.gate import WRITES, actor_in, route
from homeport.audit.verbs import Verb
from homeport.core.errors import HomeportError
from homeport.core.materials import Material
from homeport.encounters.forms import RecipientForm
from homeport.encounters.services.release_note import release_note, withdraw_note
from homeport.encounters.views.notes import note_in_care, note_page, to_note


@route(verb=Verb.RELEASE, material=Material.SESSION_NOTE, methods=WRITES)
def release(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Open it to one participant, with what was added so far."""
    return _do(request, note_id, release_note)


@route(verb=Verb.WITHDRAW, material=Material.SESSION_NOTE, methods=WRITES)
def withdraw(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Close it to them again."""
    return _do(request, note_id, withdraw_note)


def _do(request: HttpRequest, note_id: UUID, act: Callable[..., None]) -> HttpResponse:
    row = note_in_care(request, note_id)
    form = RecipientForm(request.POST)
    if not form.is_valid():
        return note_page(request, row, error=_("Choose a person first."), status=422)
    try:
        act(actor=actor_in(request), note=row, recipient_id=form.cleaned_data["recipient"])
    except HomeportError as error:
        return note_page(request, row, error=str(error), status=409)
    return to_note(note_id)
