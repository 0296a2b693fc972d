"""The confidentiality agreement of a case: put forward, read, signed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from homeport.access.gate import WRITES, actor_in, get_case, person_in, route, standing_in
from homeport.access.on_cases import CaseAct, may_with_case
from homeport.audit.verbs import Verb
from homeport.cases.models import Case, ConfidentialityAgreement
from homeport.cases.selectors import Agreed, agreement_of, case_with_people
from homeport.cases.services.agree import (
    Kind,
    agreement_language,
    agreement_text,
    propose_agreement,
    sign_agreement,
)
from homeport.cases.texts import own_texts, texts_with
from homeport.content.articles.rendering import render as render_markdown
from homeport.core.errors import ContentError, HomeportError
from homeport.people.models import Person
from homeport.people.posting import saved


@route(verb=Verb.READ)
def agreement(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The text that is before everybody, and who signed it."""
    return _page(request, get_case(request, case_id, CaseAct.READ_AGREEMENT))


@route(verb=Verb.SIGN, methods=WRITES)
def sign(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Sign the text that was on the screen."""
    case = get_case(request, case_id, CaseAct.SIGN_AGREEMENT)
    agreed = agreement_of(case_id)
    if agreed is None:
        return _page(request, case, error=_("There is nothing to sign yet."), status=409)
    try:
        sign_agreement(
            actor=actor_in(request),
            agreement=agreed.agreement,
            person=Person.objects.get(pk=person_in(request)),
            text_hash=request.POST.get("text_hash", ""),
        )
    except HomeportError as error:
        return _page(request, case, error=str(error), status=409)
    return saved(request, _("Signed. Thank you."), "agreement", case_id)


@route(verb=Verb.CREATE, methods=WRITES)
def propose(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Put a text before everybody."""
    case = get_case(request, case_id, CaseAct.PROPOSE_AGREEMENT)
    kind = request.POST.get("kind", "")
    if kind not in Kind.values:
        return _page(request, case, error=_("Choose one of the three."), status=422)
    proposer = Person.objects.get(pk=person_in(request))
    propose_agreement(actor=actor_in(request), case=case, kind=Kind(kind), proposed_by=proposer)
    return _to(case_id)


def _to(case_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("agreement", args=[case_id]), status=303)


def _page(request: HttpRequest, case: Case, *, error: str = "", status: int = 200) -> HttpResponse:
    agreed = agreement_of(case.pk)
    together = case_with_people(case)
    me, standing = person_in(request), standing_in(request)
    everybody = together.everybody
    is_peer = case.pk in standing.participates_in
    name_of = together.name_among_peers if is_peer else together.name_of
    context = {
        "here": "home" if is_peer else "cases",
        "case": case,
        "sees_case": may_with_case(standing, CaseAct.SEE, case.pk),
        "agreed": agreed,
        "text": _text(agreed) if agreed else None,
        "signed": [
            {"name": name_of(each) or _("You"), "at": agreed.signed.get(each) if agreed else None}
            for each in everybody
            if name_of(each) or each == me  # of a group whose rules name nobody not even how many they are
        ],
        "may_sign": agreed is not None
        and me not in agreed.signed
        and me in everybody
        and may_with_case(standing, CaseAct.SIGN_AGREEMENT, case.pk),
        "kinds": _kinds(case) if may_with_case(standing, CaseAct.PROPOSE_AGREEMENT, case.pk) else [],
        "chosen": agreed.agreement.kind if agreed else "",
        "error": error,
    }
    return render(request, "web/cases/agreement.html", context, status=status)


def _text(agreed: Agreed) -> dict[str, str]:
    held: ConfidentialityAgreement = agreed.agreement
    text = texts_with({held.text_hash}).get(held.text_hash)
    if text is None:
        raise ContentError(_("The words of this agreement are not here any more."))
    return {
        "title": text.title,
        "html": render_markdown(text.body_markdown, text.id)[0],
        "hash": held.text_hash,
    }


def _kinds(case: Case) -> list[tuple[str, str, str]]:
    own, language = own_texts(), agreement_language(case)
    texts = [(kind.value, agreement_text(kind, language, case.jurisdiction, own)) for kind in Kind]
    return [(value, text.title, text.summary) for value, text in texts]
