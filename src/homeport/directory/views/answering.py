"""What people asked, for whoever answers: a therapist their own, intake all that was sent."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.duties import Duty, may_do
from homeport.access.gate import (
    WRITES,
    Hidden,
    actor_in,
    get_row,
    get_rows,
    person_in,
    require_duty,
    route,
    standing_in,
)
from homeport.audit.verbs import Verb
from homeport.core.errors import HomeportError
from homeport.core.materials import Material
from homeport.directory.forms.answering import PassOnForm, ReplyForm, UrgencyForm
from homeport.directory.models import Request
from homeport.directory.policies_of_requests import may_answer
from homeport.directory.presenters_of_requests import names_of, shown_to_staff
from homeport.directory.services.answer_request import (
    accept_request,
    answer_request,
    decline_request,
    pass_on,
    set_urgency,
)
from homeport.outbox.selectors import came_back
from homeport.people.models import Role
from homeport.people.posting import saved
from homeport.people.selectors import who_hold

Status = Request.Status
OPEN, DONE = (Status.SENT,), (Status.ANSWERED, Status.ACCEPTED, Status.DECLINED)
NOT_MINE = ("unsent", "lapsed", "withdrawn")


@route(verb=Verb.LIST, material=Material.REQUEST)
def requests(request: HttpRequest) -> HttpResponse:
    """What waits, the most urgent first; what was answered below."""
    require_duty(request, Duty.ANSWER_REQUESTS)
    mine = Q() if Role.INTAKE in standing_in(request).roles else Q(to_id=person_in(request))
    mine &= ~Q(author_id=person_in(request))
    waiting = get_rows(request, Request, mine & Q(status__in=OPEN))
    done = get_rows(request, Request, mine & Q(status__in=DONE), limit=20)
    names = names_of([*waiting, *done])
    waiting.sort(key=lambda each: (-each.urgency, each.sent_at or each.created_at))
    context = {
        "here": "requests",
        "waiting": [shown_to_staff(row, names) for row in waiting],
        "done": [shown_to_staff(row, names) for row in done],
        "assigns": may_do(standing_in(request), Duty.ASSIGN_PEOPLE),
    }
    return render(request, "directory/answering/list.html", context)


@route(verb=Verb.READ, material=Material.REQUEST)
def one(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One of them, with everything that can be done."""
    return _page(request, _row(request, request_id), ReplyForm())


@route(verb=Verb.CHANGE, material=Material.REQUEST, methods=WRITES)
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Write back."""
    row, form = _row(request, request_id), ReplyForm(request.POST)
    said = _("Your answer is on its way.")
    return _done(request, row, form, said, lambda reply, version: answer_request(
        actor=actor_in(request), asked=row, version=version, reply=reply,
    ))  # fmt: skip


@route(verb=Verb.CHANGE, material=Material.REQUEST, methods=WRITES)
def accept(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Say yes."""
    row, form = _row(request, request_id), ReplyForm(request.POST)
    said = _("You said yes, and they are told.")
    return _done(request, row, form, said, lambda reply, version: accept_request(
        actor=actor_in(request), asked=row, version=version, reply=reply,
    ))  # fmt: skip


@route(verb=Verb.CHANGE, material=Material.REQUEST, methods=WRITES)
def decline(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Say no."""
    row, form = _row(request, request_id), ReplyForm(request.POST)
    said = _("You said no, and they are told.")
    return _done(request, row, form, said, lambda reply, version: decline_request(
        actor=actor_in(request), asked=row, version=version, reply=reply,
    ))  # fmt: skip


@route(verb=Verb.SHARE, material=Material.REQUEST, methods=WRITES)
def give_on(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Pass it on: to intake, or, as intake, to somebody."""
    row, form = _row(request, request_id), PassOnForm(request.POST)
    form.fields["to"].choices = _therapists()  # type: ignore[attr-defined]
    if not form.is_valid():
        return _page(request, row, ReplyForm(), error=str(next(iter(form.errors.values()))[0]))
    to_id = UUID(form.cleaned_data["to"]) if form.cleaned_data["to"] else None
    version = form.cleaned_data["version"] or 0
    try:
        pass_on(actor=actor_in(request), asked=row, version=version, to_id=to_id)
    except HomeportError as error:
        return _page(request, _row(request, request_id), ReplyForm(), error=str(error))
    return saved(request, _("It is passed on."), "requests")


@route(verb=Verb.CHANGE, material=Material.REQUEST, methods=WRITES)
def urgency(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Say how soon somebody needs to be seen."""
    row, form = _row(request, request_id), UrgencyForm(request.POST)
    if not form.is_valid():
        return _page(request, row, ReplyForm(), error=str(next(iter(form.errors.values()))[0]))
    chosen, version = Request.Urgency(int(form.cleaned_data["urgency"])), form.cleaned_data["version"] or 0
    try:
        set_urgency(actor=actor_in(request), asked=row, version=version, urgency=chosen)
    except HomeportError as error:
        return _page(request, _row(request, request_id), ReplyForm(), error=str(error))
    return saved(request, _("Kept."), "request", request_id)


def _row(request: HttpRequest, request_id: UUID) -> Request:
    """A request that this person may answer: never their own, though they may see it."""
    require_duty(request, Duty.ANSWER_REQUESTS)
    row = get_row(request, Request, request_id)
    if (
        row.author_id == person_in(request)
        or row.status in NOT_MINE
        or not may_answer(standing_in(request), row)
    ):
        raise Hidden
    return row


def _done(
    request: HttpRequest, row: Request, form: ReplyForm, said: str, act: Callable[[str, int], None]
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, row, form)
    try:
        act(form.cleaned_data["reply"], form.cleaned_data["version"] or 0)
    except HomeportError as error:
        return _page(request, _row(request, row.pk), form, error=str(error))
    return saved(request, said, "requests")


def _page(request: HttpRequest, row: Request, form: ReplyForm, *, error: str = "") -> HttpResponse:
    context = {
        "here": "requests",
        "asked": shown_to_staff(row, names_of([row])),
        "row": row,
        "form": form,
        "error": error,
        "intake": Role.INTAKE in standing_in(request).roles,
        "therapists": _therapists() if Role.INTAKE in standing_in(request).roles else [],
        "urgencies": [(str(value), label) for value, label in Request.Urgency.choices],
        "begins": row.kind in (Request.Kind.BEGIN, Request.Kind.CHANGE),
        # By mail alone to who has no account: were it lost, nobody but whoever wrote it could know.
        "came_back": bool(row.reply and row.contact) and came_back(f"request:{row.pk}:answered:"),
    }
    wrong = bool(error) or form.is_bound
    return render(request, "directory/answering/one.html", context, status=422 if wrong else 200)


def _therapists() -> list[tuple[str, str]]:
    return [(str(person.pk), person.name) for person in who_hold(Role.THERAPIST)[:500]]
