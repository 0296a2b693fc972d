"""Drafting, changing and signing a session note."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.gate import FORM, WRITES, actor_in, get_case, get_row, route
from homeport.access.on_cases import CaseAct
from homeport.audit.verbs import Verb
from homeport.cases.selectors import Together, case_with_people
from homeport.core.errors import HomeportError
from homeport.core.materials import Material
from homeport.core.versions import Changed
from homeport.encounters.forms import DraftForm, NoteForm, SigningForm
from homeport.encounters.models import SessionNote
from homeport.encounters.policies import SignedAlready
from homeport.encounters.presenters import subjects
from homeport.encounters.services.change_note import change_note
from homeport.encounters.services.sign_note import sign_note
from homeport.encounters.services.write_note import write_note
from homeport.encounters.views.notes import case_of, note_page, own_note, to_note

NOTE = Material.SESSION_NOTE


@route(verb=Verb.CREATE, material=NOTE, methods=FORM)
def write(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A new draft."""
    together = case_with_people(get_case(request, case_id, CaseAct.WRITE_NOTES))
    about = subjects(together, _("All of them: a joint session"))
    if request.method != "POST":
        return _form(request, NoteForm(about=about), together, about)
    form = NoteForm(request.POST, about=about)
    if not form.is_valid():
        return _form(request, form, together, about, status=422)
    try:
        written = write_note(
            actor=actor_in(request),
            case_id=case_id,
            subject_id=form.subject_id,
            words=form.cleaned_data["words"],
        )
    except HomeportError as error:
        form.add_error("about", str(error))
        return _form(request, form, together, about, status=422)
    return to_note(written.pk)


@route(verb=Verb.CHANGE, material=NOTE, methods=FORM)
def change(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Change one's own draft."""
    row = own_note(request, note_id)
    if row.signed_at is not None:
        return note_page(request, row, error=str(SignedAlready()), status=409)
    if request.method != "POST":
        form = DraftForm(initial={"words": row.words, "version": row.version})
        return _form(request, form, case_of(row), note=row)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _form(request, form, case_of(row), note=row, status=422)
    typed, version = form.cleaned_data["words"], form.cleaned_data["version"] or 0
    try:
        change_note(actor=actor_in(request), note=row, words=typed, version=version)
    except Changed as changed:
        latest = get_row(request, SessionNote, note_id)
        form = DraftForm(initial={"words": typed, "version": latest.version})
        conflict = {"sentence": str(changed), "words": latest.words}
        return _form(request, form, case_of(latest), note=latest, conflict=conflict, status=409)
    return to_note(note_id)


@route(verb=Verb.SIGN, material=NOTE, methods=WRITES)
def sign(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Sign one's own draft as it was on the screen."""
    row = own_note(request, note_id)
    form = SigningForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        sign_note(actor=actor_in(request), note=row, version=version)
    except HomeportError as error:
        return note_page(request, get_row(request, SessionNote, note_id), error=str(error), status=409)
    return to_note(note_id)


def _form(
    request: HttpRequest,
    form: forms.Form,
    together: Together,
    about: list[tuple[str, str]] | None = None,
    *,
    note: SessionNote | None = None,
    conflict: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "here": "cases",
        "form": form,
        "case": together.case,
        "about": [(value, label, "") for value, label in about or []],
        "note": note,
        "conflict": conflict,
    }
    return render(request, "encounters/note_form.html", context, status=status)
