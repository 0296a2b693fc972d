"""One's journal."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from homeport.access.gate import FORM, Hidden, actor_in, get_row, get_rows, person_in, route, standing_in
from homeport.audit.verbs import Verb
from homeport.cases.selectors import cases_with_people
from homeport.core.materials import Material
from homeport.core.versions import Changed
from homeport.exercises.forms import EntryForm
from homeport.exercises.models import JournalEntry
from homeport.exercises.presenters import shown
from homeport.exercises.services.change_entry import change_entry
from homeport.exercises.services.write_entry import write_entry

A_PAGE = 50
JOURNAL = Material.JOURNAL_ENTRY


@route(verb=Verb.LIST, material=JOURNAL)
def journal(request: HttpRequest) -> HttpResponse:
    """One's own entries, newest first; ``?before=`` a moment for older ones."""
    where = Q(author_id=person_in(request))
    before = _moment(request.GET.get("before", ""))
    if before is not None:
        where &= Q(created_at__lt=before)
    rows = get_rows(request, JournalEntry, where, limit=A_PAGE + 1)
    entries = [entry for entry in map(shown, rows[:A_PAGE]) if entry]
    older = rows[A_PAGE - 1].created_at.isoformat() if len(rows) > A_PAGE else ""
    return render(request, "exercises/journal.html", {"here": "journal", "entries": entries, "older": older})


@route(verb=Verb.CREATE, material=JOURNAL, methods=FORM)
def write(request: HttpRequest) -> HttpResponse:
    """A new entry."""
    places = _places(request)
    form = EntryForm(
        request.POST if request.method == "POST" else None,
        cases=places,
        initial={"case": places[0][0] if places else ""},
    )
    if request.method == "POST" and form.is_valid():
        written = write_entry(actor=actor_in(request), words=form.cleaned_data["words"], case_id=form.case_id)
        return _to(written.pk)
    return _form(request, form, status=422 if form.is_bound else 200)


@route(verb=Verb.READ, material=JOURNAL)
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One entry, for its author and for whoever it was shared with."""
    row = get_row(request, JournalEntry, entry_id)
    found = shown(row)
    if found is None:
        raise Hidden
    is_mine = row.author_id == person_in(request)
    context = {"here": "journal", "entry": found, "is_mine": is_mine, "case_id": row.case_id}
    return render(request, "exercises/entry.html", context)


@route(verb=Verb.CHANGE, material=JOURNAL, methods=FORM)
def change(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Change one's own entry."""
    row = own_entry(request, entry_id)
    now_there = shown(row)
    if now_there is None:
        raise Hidden
    if request.method != "POST":
        form = EntryForm(initial={"words": now_there.words, "version": row.version})
        return _form(request, form, entry_id=entry_id)
    form = EntryForm(request.POST)
    if not form.is_valid():
        return _form(request, form, entry_id=entry_id, status=422)
    typed, version = form.cleaned_data["words"], form.cleaned_data["version"] or 0
    try:
        change_entry(actor=actor_in(request), entry=row, words=typed, version=version)
    except Changed as changed:
        latest = get_row(request, JournalEntry, entry_id)
        form = EntryForm(initial={"words": typed, "version": latest.version})
        conflict = {"sentence": str(changed), "words": latest.words}
        return _form(request, form, entry_id=entry_id, conflict=conflict, status=409)
    return _to(entry_id)


def own_entry(request: HttpRequest, entry_id: UUID) -> JournalEntry:
    """One's own entry. Raises ``Hidden`` for anybody else's, shared or not."""
    row = get_row(request, JournalEntry, entry_id)
    if row.author_id != person_in(request):
        raise Hidden
    return row


def _places(request: HttpRequest) -> list[tuple[str, str]]:
    """The cases an entry may belong to, each by whom one meets there."""
    found = cases_with_people(standing_in(request).participates_in)
    return [
        (str(each.case.pk), _("My work with %(names)s") % {"names": names})
        for each in found
        if (names := ", ".join(member.person.shown_name for member in each.care_team))
    ]


def _form(
    request: HttpRequest,
    form: EntryForm,
    *,
    entry_id: UUID | None = None,
    conflict: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "here": "journal",
        "form": form,
        "entry_id": entry_id,
        "conflict": conflict,
        "places": [(value, label, "") for value, label in form.fields["case"].choices],  # type: ignore[attr-defined]
    }
    return render(request, "exercises/entry_form.html", context, status=status)


def _to(entry_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("journal-entry", args=[entry_id]), status=303)


def _moment(text: str) -> datetime | None:
    """A moment from an address of ours; None for anything else."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
