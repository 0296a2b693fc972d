"""Two sections of the intake that are kept with the person: whom to call, and where they are."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from homeport.access.gate import actor_in
from homeport.assessments.models import IntakeForm
from homeport.assessments.services.save_intake import save_intake_section
from homeport.content.intake import Intake, Section
from homeport.people.forms.emergency import ContactForm, WhereForm
from homeport.people.posting import UNTOLD, posted, tried_beside
from homeport.people.selectors import emergency_contact_of
from homeport.people.services.keep_emergency_contact import keep_emergency_contact, say_where
from homeport.web.beginnings.pages import section_kept, section_page
from homeport.web.beginnings.reaching import Mine
from homeport.web.beginnings.steps import CALL

FORMS: dict[bool, type[ContactForm | WhereForm]] = {True: ContactForm, False: WhereForm}


def call_page(
    request: HttpRequest, held: Mine, asked: Intake, one: Section, row: IntakeForm | None
) -> HttpResponse:
    """Whom to call, or where one is. Sent with nothing in it, it was seen, and is not asked again."""
    kind = FORMS[one.id == CALL]
    form = kind(posted(request), initial=_values(held, kind))
    done, theirs = tried_beside(
        form, lambda: _kept(request, held, asked, one, form, row), lambda: _values(held, kind)
    )
    if done:
        return section_kept(request, held, asked, one)
    return section_page(request, held, asked, one, form, theirs)


def _kept(
    request: HttpRequest, held: Mine, asked: Intake, one: Section, form: forms.Form, row: IntakeForm | None
) -> IntakeForm:
    said, actor = form.cleaned_data, actor_in(request)
    given = any(value for name, value in said.items() if name != UNTOLD)
    if (given or said["version"] is not None) and isinstance(form, ContactForm):
        keep_emergency_contact(actor=actor, person=held.me, contact=form.said(), version=said["version"])
    elif given or said["version"] is not None:
        say_where(actor=actor, person=held.me, location=said["location"], version=said["version"])
    # That it was seen is kept with the intake; what was said, with the person.
    return save_intake_section(
        actor=actor, case_id=held.part.case_id, asked=asked, section_id=one.id, answers={},
        version=row.version_of(one.id) if row is not None else None,
    )  # fmt: skip


def _values(held: Mine, kind: type[forms.Form]) -> dict[str, Any]:
    kept = emergency_contact_of(held.me.pk)
    return {name: getattr(kept, name) for name in kind.base_fields} if kept else {}
