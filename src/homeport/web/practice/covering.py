"""Arranging cover from what a form says: by a colleague here, or by one who is entered and invited first."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from homeport.core.actor import Actor
from homeport.people.forms.staff import OUTSIDE, CoverForm
from homeport.people.models import Cover, Person, ProfessionalWill
from homeport.people.selectors import the_practice
from homeport.people.services.arrange_cover import arrange_cover
from homeport.people.services.enter_person import enter_person
from homeport.people.services.invite import invite
from homeport.people.services.keep_will import put_will_into_force


@transaction.atomic
def cover_from(*, actor: Actor, form: CoverForm, covered: Person) -> Cover:
    """All of it or nothing. Raises what the services raise."""
    said: dict[str, Any] = form.cleaned_data
    practice = the_practice()
    from_at, until_at = form.days(practice.zone if practice else "UTC")
    if said["by"] != OUTSIDE:
        by = Person.objects.get(pk=said["by"])
        return arrange_cover(actor=actor, covered=covered, by=by, from_at=from_at, until_at=until_at)
    by = enter_person(actor=actor, name=said["name"])
    cover = arrange_cover(
        actor=actor,
        covered=covered,
        by=by,
        from_at=from_at,
        until_at=until_at,
        practice_of_by=said["practice_of_by"],
    )
    invite(actor=actor, email=said["email"], roles=[], person=by, by_mail=True)
    return cover


@transaction.atomic
def force_will(*, actor: Actor, will: ProfessionalWill, executor: Person | None) -> Cover:
    """Put the will into force with a colleague of this practice; without one, with whom the will names, who is invited."""
    if executor is not None:
        return put_will_into_force(actor=actor, will=will, executor=executor)
    named = enter_person(actor=actor, name=will.executor_name)
    cover = put_will_into_force(
        actor=actor, will=will, executor=named, practice_of_executor=_("Named in the will")
    )
    invite(actor=actor, email=will.executor_email, roles=[], person=named, by_mail=True)
    return cover
