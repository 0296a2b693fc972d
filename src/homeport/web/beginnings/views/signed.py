"""What one signed, in the words that one signed: to be read again at any time, also when the case is long closed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from homeport.access.gate import Hidden, person_in, route
from homeport.audit.verbs import Verb
from homeport.cases.selectors import Signed, signed_by
from homeport.cases.texts import texts_with
from homeport.content.articles.rendering import render as render_markdown


@route(verb=Verb.LIST)
def everything(request: HttpRequest) -> HttpResponse:
    """Everything that one signed, for oneself or for a child, the latest first."""
    me = person_in(request)
    given = signed_by(me)
    words = texts_with({each.text_hash for each in given})
    rows = [{"signed": each, "text": words.get(each.text_hash), "for": _for(each, me)} for each in given]
    return render(request, "beginnings/signed_all.html", {"here": "home", "rows": rows})


@route(verb=Verb.READ)
def one(request: HttpRequest, signature_id: UUID) -> HttpResponse:
    """One text as it was when one signed it."""
    me = person_in(request)
    found = next((each for each in signed_by(me) if each.id == signature_id), None)
    text = texts_with({found.text_hash}).get(found.text_hash) if found else None
    if found is None or text is None:
        raise Hidden
    html = render_markdown(text.body_markdown, text.id)[0]
    shown = {"here": "home", "signed": found, "text": text, "html": html, "for": _for(found, me)}
    return render(request, "beginnings/signed_one.html", shown)


def _for(signed: Signed, me: UUID) -> str:
    """For whom, where that is not oneself."""
    return signed.person.shown_name if signed.person.pk != me else ""
