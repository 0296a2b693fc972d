"""The intake, for whoever fills it in: one section a page, each kept as it is sent."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from homeport.access.gate import FORM, Hidden, actor_in, route
from homeport.assessments.models import IntakeForm
from homeport.assessments.services.save_intake import save_intake_section
from homeport.audit.verbs import Verb
from homeport.cases.models import Participant
from homeport.cases.policies import rules_for
from homeport.content.intake import Intake, Section, intake
from homeport.core.materials import Material
from homeport.core.versions import Changed
from homeport.people.posting import beside, posted, saved, tried
from homeport.safety.crisis_text import speaks_of_danger
from homeport.web.beginnings.forms import SectionForm, as_initial
from homeport.web.beginnings.pages import page_after, private_page, section_page
from homeport.web.beginnings.reaching import Mine, own_part
from homeport.web.beginnings.steps import CALL, PLACE
from homeport.web.beginnings.views.before import intake_of
from homeport.web.beginnings.views.own_call import call_page


@route(verb=Verb.CHANGE, material=Material.OWN_ANSWERS, methods=FORM)
def section(request: HttpRequest, participant_id: UUID, section_id: str) -> HttpResponse:
    """One section: what was said in it before stands in it, on whichever device."""
    held, asked = own_part(request, participant_id), intake(get_language() or "en")
    one = asked.section(section_id)
    if one is None:
        raise Hidden
    row = intake_of(request, held)
    if section_id in (CALL, PLACE):
        return call_page(request, held, asked, one, row)
    initial = _initial(one, row)
    form = SectionForm(posted(request), initial=initial, section=one, minor=is_young(held.part))
    theirs: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            if tried(form, lambda: _kept(request, held, asked, one, form)) is not None:
                return _onward(request, held, asked, one, form)
        except Changed as error:
            form.add_error(None, str(error))
            theirs = beside(form, _initial(one, intake_of(request, held)))
    return section_page(request, held, asked, one, form, theirs)


def is_young(part: Participant) -> bool:
    """Whether what only adults are asked is left out."""
    return part.person.birth_date is not None and rules_for(part.case, part.person).is_minor


def _initial(one: Section, row: IntakeForm | None) -> dict[str, Any]:
    return as_initial(one, row.answers(one.id), row.version_of(one.id)) if row is not None else {}


def _kept(request: HttpRequest, held: Mine, asked: Intake, one: Section, form: SectionForm) -> IntakeForm:
    return save_intake_section(
        actor=actor_in(request),
        case_id=held.part.case_id,
        asked=asked,
        section_id=one.id,
        answers=form.said(),
        version=form.cleaned_data["version"],
    )


def _onward(request: HttpRequest, held: Mine, asked: Intake, one: Section, form: SectionForm) -> HttpResponse:
    """To the next section; by the private way first where something was chosen, or written, that leads there."""
    if one.opens_private_way(form.said()) or speaks_of_danger(one.written(form.said())):
        return HttpResponseRedirect(reverse("private-way", args=[held.part.pk, one.id]), status=303)
    return saved(request, _("Kept. You can change it at any time."), page_after(request, held, asked, one))


@route(verb=Verb.READ)
def private_way(request: HttpRequest, participant_id: UUID, section_id: str) -> HttpResponse:
    """Help now, for somebody who said that they are not safe. The page names nothing, and is on no other screen."""
    held, asked = own_part(request, participant_id), intake(get_language() or "en")
    one = asked.section(section_id)
    if one is None:
        raise Hidden
    return private_page(request, held, asked, one)
