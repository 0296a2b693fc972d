"""The private questions about home, for whoever answers them: once, and then never again on any screen of theirs."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from homeport.access.gate import FORM, Hidden, actor_in, get_to_answer, route
from homeport.accounts.drafts import never_kept
from homeport.audit.verbs import Verb
from homeport.content.screens import Screen, screen
from homeport.core.errors import ContentError
from homeport.core.materials import Material
from homeport.safety.forms import ALONE, BEGUN, QuestionsForm
from homeport.safety.models import ViolenceScreen
from homeport.safety.services.answer_screen import answer_screen

NAME = "safe-at-home"


@never_kept
@route(verb=Verb.CREATE, material=Material.VIOLENCE_SCREEN, methods=FORM)
def questions(request: HttpRequest) -> HttpResponse:
    """First whether one is alone, then the questions. Afterwards, or with somebody near, one is back at home."""
    waiting = get_to_answer(request, ViolenceScreen)
    if waiting is None:
        raise Hidden
    asked = _asked()
    if request.method != "POST":
        return _page(request, asked, QuestionsForm(asked=asked))
    form = QuestionsForm(request.POST, asked=asked)
    if not form.is_valid():
        return _page(request, asked, form, status=422)
    if form.is_alone and not form.cleaned_data[BEGUN]:
        return _page(request, asked, form, begun=True)
    if form.is_alone:
        answer_screen(actor=actor_in(request), screen=waiting, asked=asked, answers=form.given)
    return HttpResponseRedirect(reverse("home"), status=303)


def _asked() -> Screen:
    """The questions in the person's language, in English where there are none."""
    try:
        return screen(NAME, (get_language() or "en").partition("-")[0])
    except ContentError:
        return screen(NAME)


def _page(
    request: HttpRequest, asked: Screen, form: QuestionsForm, *, begun: bool | None = None, status: int = 200
) -> HttpResponse:
    options = [(value, label, "") for value, label in asked.answers.items()]
    context = {
        "asked": asked,
        "begun": bool(form[BEGUN].value()) if begun is None else begun,
        "alone": {
            "options": [(value, label, "") for value, label in asked.alone_options.items()],
            "value": form[ALONE].value() or "",
            "error": next(iter(form[ALONE].errors), "") if form.is_bound else "",
        },
        "rows": [
            {"id": name, "text": text, "options": options, "value": form[name].value() or ""}
            for name, text in asked.questions.items()
        ],
    }
    return render(request, "safety/questions.html", context, status=status)
