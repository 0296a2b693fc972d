"""One question on a screen, and what comes after an answer that asks for somebody."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.gate import FORM, Hidden, actor_in, route
from homeport.accounts.drafts import never_kept
from homeport.assessments.models import Administration, Answer, Assignment
from homeport.assessments.selectors import begun_of
from homeport.assessments.services.save_answer import Saved, save_answer
from homeport.assessments.views.asked import ANSWERS, answers_in, mine, to, told_to
from homeport.assessments.wordings import words_of
from homeport.audit.verbs import Verb
from homeport.cases.models import Case
from homeport.content.instruments import Key, Wording, load_key
from homeport.core.errors import HomeportError
from homeport.core.versions import Changed

FIRST = 1
STEPS = ("next", "back", "skip", "stop")
NO_ANSWER = object()


@dataclass(frozen=True, slots=True)
class Screen:
    """Where somebody is."""

    assignment: Assignment
    administration: Administration
    number: int

    @property
    def item(self) -> str:
        """The item asked on this screen."""
        return str(self.administration.items[self.number - 1])

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.administration.items)

    @property
    def key(self) -> Key:
        """The key it was begun with."""
        return load_key(self.administration.instrument, self.administration.key_version)

    def wording(self) -> Wording:
        """The words it was begun with."""
        held = self.administration
        return words_of(
            held.instrument, held.key_version, held.wording_hash, language=held.language, slot=held.slot
        )


@never_kept
@route(verb=Verb.CREATE, material=ANSWERS, methods=FORM)
def question(request: HttpRequest, assignment_id: UUID, number: int) -> HttpResponse:
    """One question: answer it, skip it, go back, or stop for now. Each step is kept the moment it is sent."""
    screen = _screen(request, assignment_id, number)
    if screen is None:
        return to("asked-start", assignment_id)
    if request.method != "POST":
        return _page(request, screen)
    step = request.POST.get("step", "next")
    if step not in STEPS:
        return _page(request, screen, complaint=_("Please use one of the buttons."), status=400)
    value = _value(request.POST.get("answer", ""), skips=step == "skip")
    if value is NO_ANSWER:
        if step == "next":
            return _page(request, screen, complaint=_("Choose an answer, or skip this question."), status=422)
        return _onward(assignment_id, step, screen)
    try:
        saved = _save(request, screen, value)
    except Changed:
        changed = _("This was answered on another device in the meantime. What is chosen now is that answer.")
        return _page(request, screen, complaint=changed, status=409)
    except HomeportError as error:
        return _page(request, screen, complaint=str(error), status=422)
    if saved.answer.value and screen.key.item(screen.item).risk:
        return to("asked-support", assignment_id, number)
    return _onward(assignment_id, step, screen)


@route(verb=Verb.READ, material=ANSWERS)
def support(request: HttpRequest, assignment_id: UUID, number: int) -> HttpResponse:
    """After an answer that asks for somebody: whether anyone reads now, and who is there at any time."""
    screen = _screen(request, assignment_id, number)
    if screen is None:
        return to("asked-start", assignment_id)
    given = answers_in(request, screen.administration).get(screen.item)
    if given is None or not given.value or not screen.key.item(screen.item).risk:
        return to("asked-question", assignment_id, number)
    held = Case.objects.filter(pk__in=[screen.assignment.case_id])
    case = held.values_list("jurisdiction", flat=True).first()
    context = {
        "here": "home",
        "assignment_id": assignment_id,
        "number": number,
        "next": number + 1 if number < screen.count else None,
        "told": told_to(request),
        "place": case or "",
        "about_other": screen.assignment.about_id != screen.assignment.author_id,
    }
    return render(request, "assessments/support.html", context)


def _screen(request: HttpRequest, assignment_id: UUID, number: int) -> Screen | None:
    """Where somebody is; None where they have not begun or have sent it. Raises ``Hidden`` for a number that is none."""
    assignment = mine(request, assignment_id)
    if assignment.state != Assignment.State.DUE:
        return None
    administration = begun_of([assignment]).get(assignment_id)
    if administration is None:
        return None
    if not FIRST <= number <= len(administration.items):
        raise Hidden
    return Screen(assignment, administration, number)


def _value(typed: str, *, skips: bool) -> Any:
    if skips:
        return None
    try:
        return int(typed)
    except ValueError:
        return NO_ANSWER


def _save(request: HttpRequest, screen: Screen, value: int | None) -> Saved:
    seen = request.POST.get("seen", "")
    return save_answer(
        actor=actor_in(request),
        assignment_id=screen.assignment.pk,
        item=screen.item,
        value=value,
        seen=int(seen) if seen.isdecimal() and len(seen) < 9 else None,
    )


def _onward(assignment_id: UUID, step: str, screen: Screen) -> HttpResponse:
    if step == "stop":
        return to("asked")
    number = screen.number - 1 if step == "back" else screen.number + 1
    if number < FIRST:
        return to("asked-start", assignment_id)
    return (
        to("asked-question", assignment_id, number)
        if number <= screen.count
        else to("asked-send", assignment_id)
    )


def _page(request: HttpRequest, screen: Screen, *, complaint: str = "", status: int = 200) -> HttpResponse:
    given: Answer | None = answers_in(request, screen.administration).get(screen.item)
    wording = screen.wording()
    key = screen.key
    chosen = given.value if given else None
    typed = request.POST.get("answer", "") if status == 422 else ""
    context = {
        "here": "home",
        "assignment_id": screen.assignment.pk,
        "number": screen.number,
        "count": screen.count,
        "instruction": wording.instruction,
        "language": wording.language,
        "text": wording.items[screen.item],
        "options": sorted(wording.labels_for(key, screen.item).items()),
        "chosen": int(typed) if typed.isdecimal() else chosen,
        "was_skipped": given is not None and chosen is None,
        "seen": given.version if given else 0,
        "complaint": complaint,
        "told": told_to(request) if key.item(screen.item).risk else None,
    }
    return render(request, "assessments/question.html", context, status=status)
