"""What a guardian reports of a child who is too young to be asked: one section a page, each kept as it is sent."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from homeport.access.gate import FORM, Hidden, actor_in, get_rows, route
from homeport.assessments.models import ChildIntake
from homeport.assessments.services.save_child_intake import save_child_intake_section
from homeport.audit.verbs import Verb
from homeport.cases.policies import speaks_for_oneself
from homeport.content.intake import CHILD, Intake, Section, intake
from homeport.core.materials import Material
from homeport.core.versions import by_oneself
from homeport.people.posting import posted, tried_beside
from homeport.safety.crisis_of_another import speaks_of_danger_to_another
from homeport.web.beginnings.forms import SectionForm, as_initial
from homeport.web.beginnings.pages import private_page, section_kept, section_of, section_page
from homeport.web.beginnings.reaching import Mine, mine


@route(verb=Verb.CHANGE, material=Material.REPORT_BY_OTHER, methods=FORM)
def section(request: HttpRequest, participant_id: UUID, section_id: str) -> HttpResponse:
    """One section: what this guardian said in it before stands in it, on whichever device."""
    held, asked = _child(request, participant_id), _asked()
    one = section_of(asked, section_id)
    form = SectionForm(
        posted(request), initial=as_initial(one, report_of(request, held)), section=one, minor=True
    )
    done, theirs = tried_beside(
        form,
        lambda: _kept(request, held, asked, one, form),
        lambda: as_initial(one, report_of(request, held)),
    )
    if done:
        said = form.said()
        to_help = one.opens_private_way(said) or speaks_of_danger_to_another(one.written(said))
        return section_kept(request, held, asked, one, leads_to_help=to_help)
    return section_page(request, held, asked, one, form, theirs)


@route(verb=Verb.READ)
def private_way(request: HttpRequest, participant_id: UUID, section_id: str) -> HttpResponse:
    """Help now, for a guardian who said that the child is not safe. The page names nothing, and is on no other screen."""
    held, asked = _child(request, participant_id), _asked()
    return private_page(request, held, asked, section_of(asked, section_id))


def report_of(request: HttpRequest, held: Mine) -> ChildIntake | None:
    """One's own report of this child in this case; None before anything of it was saved."""
    where = Q(case_id=held.part.case_id, subject_id=held.part.person_id, author_id=held.me.pk)
    return next(iter(get_rows(request, ChildIntake, where, limit=1)), None)


def _child(request: HttpRequest, participant_id: UUID) -> Mine:
    """The part of a child one stands for, who is too young to be asked. Raises ``Hidden`` for every other."""
    held = mine(request, participant_id)
    if held.is_own or speaks_for_oneself(held.part):
        raise Hidden
    return held


def _asked() -> Intake:
    return intake(get_language() or "en", form=CHILD)


def _kept(request: HttpRequest, held: Mine, asked: Intake, one: Section, form: SectionForm) -> ChildIntake:
    with by_oneself():
        return save_child_intake_section(
            actor=actor_in(request),
            part=held.part,
            asked=asked,
            section_id=one.id,
            answers=form.said(),
            version=form.cleaned_data["version"],
        )
