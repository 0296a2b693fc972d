"""Somebody who has an account asks to begin with a therapist, or to go on with another one."""

from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from homeport.access.gate import Hidden
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.cases.models import CareTeamMember, Case, Participant
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.directory.models import Request
from homeport.directory.services.put_request import Said, check_said, fields_of, urgency_of
from homeport.directory.services.send_request import reaches
from homeport.people.models import Person
from homeport.people.models.lasting import holds_at
from homeport.people.offers import Together

LEAVES = "leaves"  # among the sealed wishes: the case that somebody wishes to leave
TOGETHER_IN = {
    Case.Kind.COUPLE: Together.COUPLE, Case.Kind.FAMILY: Together.FAMILY,
    Case.Kind.PARENT_CHILD: Together.PARENT_CHILD, Case.Kind.GROUP: Together.GROUP,
}  # fmt: skip


@acting
def ask_to_begin(*, actor: Actor, to_id: UUID | None, said: Said) -> Request:
    """Ask this therapist, or intake where ``to_id`` is None. Whoever asked the same already has asked once.

    Raises ``Hidden`` for who is nobody here, ``Unfit`` for what cannot be so.
    """
    if actor.person_id is None:
        raise Hidden
    check_said(said, needs_words=False, needs_contact=False)
    _one_after_the_other(actor.person_id)
    waiting = Request.objects.filter(
        author_id=actor.person_id, kind=Request.Kind.BEGIN, to_id=to_id, status=Request.Status.SENT
    ).first()
    return waiting or _sent(actor, Request.Kind.BEGIN, to_id=to_id, said=said)


@acting
def ask_for_change(*, actor: Actor, case_id: UUID, said: Said) -> Request:
    """Ask intake for another therapist. No word is asked for, and whom one has now learns nothing before intake has acted.

    Raises ``Hidden`` for a case that one does not take part in, ``HomeportError`` where intake was asked already.
    """
    me = actor.person_id
    if me is None:
        raise Hidden
    part = Participant.objects.select_related("case").filter(holds_at(now()), case_id=case_id, person_id=me)
    mine = part.exclude(case__status=Case.Status.CLOSED).first()
    if mine is None:
        raise Hidden
    check_said(said, needs_words=False, needs_contact=False)
    _one_after_the_other(me)
    lead = (
        CareTeamMember.objects.filter(holds_at(now()), case_id=case_id).order_by("-role", "from_at").first()
    )
    waiting = Request.objects.filter(author_id=me, kind=Request.Kind.CHANGE, status=Request.Status.SENT)
    if any((each.wishes or {}).get(LEAVES) == str(case_id) for each in waiting):
        raise HomeportError(_("Intake knows already, and is looking for somebody for you."))
    format = TOGETHER_IN.get(Case.Kind(mine.case.kind), Together.INDIVIDUAL)  # noqa: A001 - the field's own word
    wishes = {**(said.wishes or {}), LEAVES: str(case_id)}
    told = replace(said, wishes=wishes, format=format, where=mine.case.jurisdiction)
    return _sent(actor, Request.Kind.CHANGE, to_id=None, said=told, leaves=lead.person_id if lead else None)


def _one_after_the_other(person_id: UUID) -> None:
    """A form sent twice at once: the second sees what the first did."""
    Person.objects.select_for_update().get(pk=person_id)


def _sent(
    actor: Actor, kind: Request.Kind, *, to_id: UUID | None, said: Said, leaves: UUID | None = None
) -> Request:
    assert actor.person_id is not None
    asked = Request(
        author_id=actor.person_id,
        kind=kind,
        status=Request.Status.SENT,
        sent_at=now(),
        to_id=to_id,
        first_to_id=leaves,
        urgency=urgency_of(said.words),
        **fields_of(said),
    )
    asked.save(force_insert=True)
    record(actor=actor, verb=Verb.CREATE, material=asked.material, row_id=asked.pk)
    reaches(actor, asked)
    return asked
