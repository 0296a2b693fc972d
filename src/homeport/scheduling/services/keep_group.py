"""Open a group with places, and change what it is."""

from typing import Any

from django.utils.translation import gettext as _

from homeport.access.gate import Hidden
from homeport.access.on_cases import CaseAct, may_with_case
from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import Case, Participant
from homeport.cases.services.open_case import open_case
from homeport.core.actor import Actor
from homeport.core.clock import SENT_TWICE, now
from homeport.core.versions import save_if_unchanged
from homeport.people.errors import Unfit
from homeport.people.models import Practice
from homeport.people.models.lasting import holds_at
from homeport.scheduling.models import Group, Offering
from homeport.scheduling.services.join_group import offer_places


@acting
def open_group(
    *, actor: Actor, offering: Offering, name: str, about: str, places: int, is_open: bool, names: bool
) -> Group:
    """A new group, led by whoever offers it, with a case of its own. ``names``: its members read each other's names."""
    if offering.kind != Offering.Kind.GROUP or offering.therapist.person_id != actor.person_id:
        raise Hidden
    Offering.objects.select_for_update().get(pk=offering.pk)
    told = {"name": name, "about": about, "places": places, "is_open": is_open}
    if there := _just_opened(offering, told):
        return there
    practice = Practice.objects.first()
    case = open_case(
        actor=actor,
        kind=Case.Kind.GROUP,
        jurisdiction=practice.jurisdiction if practice else "*",
        lead=offering.therapist.person,
    )
    case.members_know_names = names
    save_if_unchanged(case, case.version)
    group = Group(case_id=case.pk, offering=offering, **told)
    group.save(force_insert=True)
    record(actor=actor, verb=Verb.CREATE, material="group", row_id=group.pk, case_id=case.pk)
    return group


def _just_opened(offering: Offering, told: dict[str, Any]) -> Group | None:
    """The same group, opened a moment ago: the form was sent twice."""
    lately = Case.objects.filter(status=Case.Status.OPEN, opened_at__gt=now() - SENT_TWICE)
    return Group.objects.filter(offering=offering, case_id__in=lately.values("pk"), **told).first()


@acting
def change_group(
    *,
    actor: Actor,
    group: Group,
    name: str,
    about: str,
    places: int,
    is_open: bool,
    names: bool,
    version: int,
) -> None:
    """Change it. Raises ``Unfit`` for fewer places than members, ``Hidden``, ``Changed``. More places go to who waits."""
    if not may_with_case(standing_of(actor), CaseAct.ARRANGE, group.case_id):
        raise Hidden
    members = Participant.objects.filter(holds_at(now()), case_id=group.case_id).count()
    if places < members:
        raise Unfit("places", _("More people than that are in the group already."))
    group.name, group.about, group.places, group.is_open = name, about, places, is_open
    save_if_unchanged(group, version)
    Case.objects.filter(pk=group.case_id).update(members_know_names=names)
    record(actor=actor, verb=Verb.CHANGE, material="group", row_id=group.pk, case_id=group.case_id)
    offer_places(actor=actor, group=group)
