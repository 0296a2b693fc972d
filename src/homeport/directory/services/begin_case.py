"""Open the case that somebody asked for."""

from uuid import UUID

from django.utils.translation import gettext as _

from homeport.cases.models import Case, Participant
from homeport.cases.services.open_case import (
    add_participant,
    change_case_status,
    end_participation,
    open_case,
)
from homeport.core.actor import Actor
from homeport.core.errors import HomeportError
from homeport.directory.models import Request
from homeport.directory.services.ask_to_begin import LEAVES
from homeport.directory.services.send_request import tell_person
from homeport.people.models import Person, Practice, Role
from homeport.people.offers import Together
from homeport.people.services.hold_role import give_role

ROLES = Participant.Role
# Which kind of case, and as whom the one who asked takes part. The others are invited by the therapist.
OPENS = {
    Together.INDIVIDUAL: (Case.Kind.INDIVIDUAL, ROLES.CLIENT),
    Together.TEEN: (Case.Kind.INDIVIDUAL, ROLES.CLIENT),
    Together.COUPLE: (Case.Kind.COUPLE, ROLES.PARTNER),
    Together.FAMILY: (Case.Kind.FAMILY, ROLES.CAREGIVER),
    Together.PARENT_CHILD: (Case.Kind.PARENT_CHILD, ROLES.CAREGIVER),
    Together.GROUP: (Case.Kind.GROUP, ROLES.MEMBER),
}


def begin_case(*, actor: Actor, asked: Request) -> Case:
    """The case, with its therapist and whoever asked; in the transaction of the yes.

    A case that they leave for it is closed, or theirs who stay in it, and its therapist learns that a change was arranged,
    not why. Raises ``HomeportError`` for whoever has no account, or whom the therapist treats or lives with in a case
    already.
    """
    person = Person.objects.filter(pk=asked.author_id).first()
    if person is None or asked.to_id is None:
        raise HomeportError(_("Whoever asked has no account yet. Invite them first."))
    lead = Person.objects.get(pk=asked.to_id)
    kind, role = OPENS[Together(asked.format)]
    # A teen's own part is written down with their age: the law asks for it.
    if asked.format == Together.TEEN and person.birth_date is not None:
        role = ROLES.ADOLESCENT
    case = open_case(actor=actor, kind=kind, jurisdiction=_where(asked), lead=lead)
    name = person.shown_name if kind == Case.Kind.GROUP else ""
    add_participant(actor=actor, case=case, person=person, role=role, group_name=name)
    if not person.roles.filter(role=Role.CLIENT, until_at=None).exists():
        give_role(actor=actor, person=person, role=Role.CLIENT)
    leaves = (asked.wishes or {}).get(LEAVES)
    if asked.kind == Request.Kind.CHANGE and leaves:
        _leave(actor, asked, UUID(leaves))
    return case


def _where(asked: Request) -> str:
    if asked.where:
        return asked.where
    practice = Practice.objects.first()
    return practice.jurisdiction if practice else "*"


def _leave(actor: Actor, asked: Request, case_id: UUID) -> None:
    """Where nobody else takes part the case is closed; otherwise it is theirs who stay, and only the own part in it ends.

    Either way what was booked there with whoever leaves is called off (``scheduling.services.end_in_case``).
    """
    old = Case.objects.get(pk=case_id)
    mine = old.participants.filter(until_at=None, person_id=asked.author_id).first()
    others = old.participants.filter(until_at=None).exclude(person_id=asked.author_id)
    if old.status != Case.Status.CLOSED and not others.exists():
        change_case_status(actor=actor, case=old, status=Case.Status.CLOSED, version=old.version)
    elif mine is not None:
        end_participation(actor=actor, participant=mine)
    if asked.first_to_id is not None:
        tell_person(
            asked.first_to_id, asked, "request_changed", _("Something changed"), version=asked.version
        )
