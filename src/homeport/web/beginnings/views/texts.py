"""The texts that are asked before the first session: read, signed, taken back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from homeport.access.gate import WRITES, Hidden, actor_in, route
from homeport.audit.verbs import Verb
from homeport.cases.selectors import signatures_of
from homeport.cases.services.sign_consent import sign_consent, take_back_consent
from homeport.cases.texts import own_texts
from homeport.content.articles.rendering import render as render_markdown
from homeport.core.errors import HomeportError
from homeport.people.posting import saved
from homeport.web.beginnings.presenters import Text, texts_for
from homeport.web.beginnings.reaching import Mine, mine


@route(verb=Verb.READ)
def text(request: HttpRequest, participant_id: UUID, kind: str) -> HttpResponse:
    """One text, with what one said to it."""
    held = mine(request, participant_id)
    return _page(request, held, _asked(held, kind))


@route(verb=Verb.SIGN, methods=WRITES)
def sign(request: HttpRequest, participant_id: UUID, kind: str) -> HttpResponse:
    """Sign the text that was on the screen."""
    held = mine(request, participant_id)
    asked = _asked(held, kind)
    try:
        sign_consent(
            actor=actor_in(request),
            participant=held.part,
            signer=held.me,
            kind=kind,
            text_hash=request.POST.get("text_hash", ""),
        )
    except HomeportError as error:
        return _page(request, held, asked, error=str(error), status=409)
    return saved(request, _("Signed. Thank you."), "before", participant_id)


@route(verb=Verb.WITHDRAW, methods=WRITES)
def take_back(request: HttpRequest, participant_id: UUID, kind: str) -> HttpResponse:
    """Take one's yes back."""
    held = mine(request, participant_id)
    asked = _asked(held, kind)
    if asked.state == "taken_back":  # the button was pressed twice
        return saved(request, _("Taken back. It no longer holds."), "before", participant_id)
    if asked.signature is None or not asked.signature.holds:
        return _page(request, held, asked, error=_("There is nothing to take back."), status=409)
    take_back_consent(actor=actor_in(request), signature=asked.signature)
    return saved(request, _("Taken back. It no longer holds."), "before", participant_id)


def _asked(held: Mine, kind: str) -> Text:
    found = texts_for(held.part, held.me, signatures_of([held.part.pk]), own_texts())
    one = next((each for each in found if each.asked.kind == kind), None)
    if one is None:
        raise Hidden
    return one


def _page(
    request: HttpRequest, held: Mine, asked: Text, *, error: str = "", status: int = 200
) -> HttpResponse:
    shown = {
        "here": "home" if held.is_own else "children",
        "mine": held,
        "asked": asked,
        "html": render_markdown(asked.text.body_markdown, asked.text.id)[0],
        "error": error,
    }
    return render(request, "beginnings/text.html", shown, status=status)
