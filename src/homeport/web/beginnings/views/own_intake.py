"""The intake, for whoever fills it in: one section a page, each kept as it is sent."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from homeport.access.gate import FORM, actor_in, route
from homeport.assessments.models import IntakeForm
from homeport.assessments.services.save_intake import save_intake_section
from homeport.audit.verbs import Verb
from homeport.cases.models import Participant
from homeport.cases.policies import rules_for
from homeport.content.intake import Intake, Section, intake
from homeport.core.materials import Material
from homeport.core.versions import by_oneself
from homeport.people.posting import posted, tried_beside
from homeport.safety.crisis_text import speaks_of_danger
from homeport.web.beginnings.forms import SectionForm, as_initial
from homeport.web.beginnings.pages import private_page, section_kept, section_of, section_page
from homeport.web.beginnings.reaching import Mine, own_part
from homeport.web.beginnings.steps import CALL, PLACE
from homeport.web.beginnings.views.before import intake_of
from homeport.web.beginnings.views.own_call import call_page


@route(verb=Verb.CHANGE, material=Material.OWN_ANSWERS, methods=FORM)
def section(request: HttpRequest, participant_id: UUID, section_id: str) -> HttpResponse:
    """One section: what was said in it before stands in it, on whichever device."""
    held, asked = own_part(request, participant_id), intake(get_language() or "en")
    one = section_of(asked, section_id)
    row = intake_of(request, held)
    if section_id in (CALL, PLACE):
        return call_page(request, held, asked, one, row)
    form = SectionForm(posted(request), initial=as_initial(one, row), section=one, minor=is_young(held.part))
    done, theirs = tried_beside(
        form,
        lambda: _kept(request, held, asked, one, form),
        lambda: as_initial(one, intake_of(request, held)),
    )
    if done:
        said = form.said()
        to_help = one.opens_private_way(said) or speaks_of_danger(one.written(said))
        return section_kept(request, held, asked, one, leads_to_help=to_help)
    return section_page(request, held, asked, one, form, theirs)


def is_young(part: Participant) -> bool:
    """Whether what only adults are asked is left out."""
    return part.person.birth_date is not None and rules_for(part.case, part.person).is_minor


def _kept(request: HttpRequest, held: Mine, asked: Intake, one: Section, form: SectionForm) -> IntakeForm:
    with by_oneself():
        return save_intake_section(
            actor=actor_in(request),
            case_id=held.part.case_id,
            asked=asked,
            section_id=one.id,
            answers=form.said(),
            version=form.cleaned_data["version"],
        )


@route(verb=Verb.READ)
def private_way(request: HttpRequest, participant_id: UUID, section_id: str) -> HttpResponse:
    """Help now, for somebody who said that they are not safe. The page names nothing, and is on no other screen."""
    held, asked = own_part(request, participant_id), intake(get_language() or "en")
    return private_page(request, held, asked, section_of(asked, section_id))
