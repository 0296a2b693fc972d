"""One session note."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from homeport.access.gate import (
    WRITES,
    Hidden,
    actor_in,
    get_row,
    get_rows,
    person_in,
    route,
    standing_in,
)
from homeport.access.on_cases import CaseAct, may_with_case
from homeport.access.selectors import released_to
from homeport.audit.verbs import Verb
from homeport.cases.models import Case
from homeport.cases.selectors import Together, case_with_people
from homeport.core.errors import HomeportError
from homeport.core.materials import Material
from homeport.encounters.forms import AdditionForm
from homeport.encounters.models import NoteAddition, SessionNote
from homeport.encounters.policies import may_be_changed
from homeport.encounters.presenters import piece, recipients
from homeport.encounters.services.add_to_note import add_to_note

NOTE = Material.SESSION_NOTE


@route(verb=Verb.READ, material=NOTE)
def note(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """The note with what was added to it, for those who treat the case and for whoever it was released to."""
    return note_page(request, get_row(request, SessionNote, note_id))


@route(verb=Verb.CREATE, material=NOTE, methods=WRITES)
def add(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Add to a signed note."""
    row = note_in_care(request, note_id)
    form = AdditionForm(request.POST)
    if not form.is_valid():
        return note_page(request, row, form=form, status=422)
    try:
        add_to_note(actor=actor_in(request), note=row, words=form.cleaned_data["words"])
    except HomeportError as error:
        return note_page(request, row, form=form, error=str(error), status=409)
    return to_note(note_id)


def note_in_care(request: HttpRequest, note_id: UUID) -> SessionNote:
    """A note of a case that this person treats. Raises ``Hidden`` for whoever only reads it."""
    row = get_row(request, SessionNote, note_id)
    if not _may_write(request, row):
        raise Hidden
    return row


def own_note(request: HttpRequest, note_id: UUID) -> SessionNote:
    """A note that this person wrote, of a case that they treat."""
    row = note_in_care(request, note_id)
    if row.author_id != person_in(request):
        raise Hidden
    return row


def to_note(note_id: UUID) -> HttpResponseRedirect:
    """Back to the note."""
    return HttpResponseRedirect(reverse("note", args=[note_id]), status=303)


def case_of(row: SessionNote) -> Together:
    """The case a note belongs to, with its people."""
    if row.case_id is None:
        raise Hidden
    return case_with_people(Case.objects.get(pk=row.case_id))


def note_page(
    request: HttpRequest,
    row: SessionNote,
    *,
    form: AdditionForm | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of a note, with one sentence where something did not work."""
    together = case_of(row)
    additions = get_rows(request, NoteAddition, Q(note=row))[::-1]
    context: dict[str, Any] = {
        "here": "notes",
        "note": row,
        "shown": piece(row, together),
        "additions": [piece(added, together) for added in additions],
        "about": together.name_of(row.subject_id),
        "case": together.case,
        "sees_case": may_with_case(standing_in(request), CaseAct.SEE, together.case.pk),
        "error": error,
    }
    if _may_write(request, row):
        opened = released_to([row.pk, *(added.pk for added in additions)])
        context |= {
            "may_write": True,
            "may_change": may_be_changed(row, person_in(request)),
            "recipients": recipients(row, additions, together, opened),
            "form": form or AdditionForm(),
        }
    return render(request, "encounters/note.html", context, status=status)


def _may_write(request: HttpRequest, row: SessionNote) -> bool:
    return row.case_id is not None and may_with_case(standing_in(request), CaseAct.WRITE_NOTES, row.case_id)
