"""What a guardian reports of a child who is too young to be asked: one section a page, each kept as it is sent."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from homeport.access.gate import FORM, Hidden, actor_in, get_rows, route
from homeport.assessments.models import ChildIntake
from homeport.assessments.services.save_child_intake import save_child_intake_section
from homeport.audit.verbs import Verb
from homeport.cases.policies import speaks_for_oneself
from homeport.content.intake import CHILD, Intake, Section, intake
from homeport.core.materials import Material
from homeport.core.versions import Changed
from homeport.people.posting import beside, posted, saved, tried
from homeport.safety.crisis_of_another import speaks_of_danger_to_another
from homeport.web.beginnings.forms import SectionForm, as_initial
from homeport.web.beginnings.pages import page_after, private_page, section_page
from homeport.web.beginnings.reaching import Mine, mine


@route(verb=Verb.CHANGE, material=Material.REPORT_BY_OTHER, methods=FORM)
def section(request: HttpRequest, participant_id: UUID, section_id: str) -> HttpResponse:
    """One section: what this guardian said in it before stands in it, on whichever device."""
    held, asked = _child(request, participant_id), _asked()
    one = _one(asked, section_id)
    initial = _initial(one, report_of(request, held))
    form = SectionForm(posted(request), initial=initial, section=one, minor=True)
    theirs: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            if tried(form, lambda: _kept(request, held, asked, one, form)) is not None:
                return _onward(request, held, asked, one, form)
        except Changed as error:
            form.add_error(None, str(error))
            theirs = beside(form, _initial(one, report_of(request, held)))
    return section_page(request, held, asked, one, form, theirs)


@route(verb=Verb.READ)
def private_way(request: HttpRequest, participant_id: UUID, section_id: str) -> HttpResponse:
    """Help now, for a guardian who said that the child is not safe. The page names nothing, and is on no other screen."""
    held, asked = _child(request, participant_id), _asked()
    return private_page(request, held, asked, _one(asked, section_id))


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


def _one(asked: Intake, section_id: str) -> Section:
    one = asked.section(section_id)
    if one is None:
        raise Hidden
    return one


def _initial(one: Section, row: ChildIntake | None) -> dict[str, Any]:
    return as_initial(one, row.answers(one.id), row.version_of(one.id)) if row is not None else {}


def _kept(request: HttpRequest, held: Mine, asked: Intake, one: Section, form: SectionForm) -> ChildIntake:
    return save_child_intake_section(
        actor=actor_in(request),
        part=held.part,
        asked=asked,
        section_id=one.id,
        answers=form.said(),
        version=form.cleaned_data["version"],
    )


def _onward(request: HttpRequest, held: Mine, asked: Intake, one: Section, form: SectionForm) -> HttpResponse:
    """To the next section; by the private way first where something was chosen, or written, that leads there."""
    said = form.said()
    if one.opens_private_way(said) or speaks_of_danger_to_another(one.written(said)):
        return HttpResponseRedirect(reverse("child-private-way", args=[held.part.pk, one.id]), status=303)
    return saved(request, _("Kept. You can change it at any time."), page_after(request, held, asked, one))
