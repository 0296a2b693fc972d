"""Answer what was asked: with words, with a yes, with a no, or by passing it on."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from homeport.access.gate import Hidden
from homeport.access.services.put_before import put_before, take_from_before
from homeport.access.standing import standing_of
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.versions import Changed
from homeport.directory.models import Request
from homeport.directory.policies_of_requests import may_answer
from homeport.directory.services.begin_case import begin_case
from homeport.directory.services.put_request import mail_author
from homeport.directory.services.remind_of_call import plan_call_reminders, tell_author_of_call
from homeport.directory.services.send_request import changed, tell_person
from homeport.people.errors import Unfit
from homeport.people.models import Person, Role, Therapist
from homeport.people.models.lasting import holds_at
from homeport.scheduling.models import Offering
from homeport.scheduling.services.occupy import Claim, Taken, What, keep, occupy, release

Status, Kind = Request.Status, Request.Kind


@acting
def answer_request(*, actor: Actor, asked: Request, version: int, reply: str) -> None:
    """Write back. Raises ``Unfit`` for no words, ``HomeportError`` for what is decided, ``Changed``, ``Hidden``."""
    if not reply.strip():
        raise Unfit("reply", _("Write your answer."))
    _decide(actor, asked, version, Status.ANSWERED, reply)


@acting
def accept_request(*, actor: Actor, asked: Request, version: int, reply: str = "") -> None:
    """Say yes: to a first call, or to begin, which opens a case with the therapist it is for.

    Raises ``HomeportError`` for a question, for what is decided, what is for nobody yet, or an hour that is taken;
    ``Changed``, ``Hidden``.
    """
    if asked.kind == Kind.QUESTION:
        raise HomeportError(_("A question is answered with words."))
    if asked.to_id is None:
        raise HomeportError(_("Choose who it would be with first."))
    _check(actor, asked, version, Status.ACCEPTED)
    if asked.kind == Kind.FIRST_CALL:
        _take_hour(asked)
    else:
        asked.opened_case_id = begin_case(actor=actor, asked=asked).pk
    _decide(actor, asked, version, Status.ACCEPTED, reply)


def _take_hour(asked: Request) -> None:
    """The hour that was kept; of a call that was passed on, which kept none, the same hour of whoever says yes now."""
    if keep(source_id=asked.pk, lapses_at=None):
        return
    assert asked.to_id is not None
    assert asked.call_at is not None
    therapist = Therapist.objects.get(person_id=asked.to_id)
    call = Offering(
        therapist=therapist, kind=Offering.Kind.FIRST_CALL, way=asked.call_way, minutes=asked.call_minutes,
        buffer_after=0,
    )  # fmt: skip
    try:
        occupy(claim=Claim(call, asked.call_at), what=What.FIRST_CALL, source_id=asked.pk)
    except Taken:
        raise HomeportError(
            _("You have something else at that time. Answer with words, and offer another one.")
        ) from None


@acting
def decline_request(*, actor: Actor, asked: Request, version: int, reply: str = "") -> None:
    """Say no; a time that was kept is free again. Raises ``HomeportError`` for what is decided, ``Changed``, ``Hidden``."""
    _decide(actor, asked, version, Status.DECLINED, reply)
    release(source_id=asked.pk)


@acting
def pass_on(*, actor: Actor, asked: Request, version: int, to_id: UUID | None = None) -> None:
    """Give it to intake, or, as intake, to a therapist. Whom it was before sees it no more; a kept time is free again.

    Raises ``HomeportError`` for what is decided or somebody who treats nobody, ``Changed``, ``Hidden``.
    """
    _check(actor, asked, version, Status.SENT)
    if to_id is not None:
        if Role.INTAKE not in standing_of(actor).roles:
            raise Hidden
        _check_therapist(to_id)
    before_id = asked.to_id
    asked.first_to_id = asked.first_to_id or before_id
    asked.to_id, asked.status, asked.proposed_to_id, asked.proposal = to_id, Status.SENT, None, None
    release(source_id=asked.pk)
    changed(asked)
    if before_id is not None:
        # Last: behind the second wall, whom it is taken from could not have changed it any more.
        take_from_before(row=asked, person_id=before_id)
    record(actor=actor, verb=Verb.SHARE, material=asked.material, row_id=asked.pk, subject_id=asked.author_id)
    if to_id is not None:
        put_before(row=asked, person_id=to_id, given_by_id=asked.author_id)
        tell_person(to_id, asked, "request_waits", _("Something waits for you"), version=asked.version)


@acting
def set_urgency(*, actor: Actor, asked: Request, version: int, urgency: Request.Urgency) -> None:
    """Intake says how soon somebody needs to be seen. Raises ``Changed``, ``Hidden``."""
    if Role.INTAKE not in standing_of(actor).roles:
        raise Hidden
    _check(actor, asked, version, Status.SENT)
    asked.urgency = urgency
    changed(asked)
    record(
        actor=actor, verb=Verb.CHANGE, material=asked.material, row_id=asked.pk, subject_id=asked.author_id
    )


def _check(actor: Actor, asked: Request, version: int, status: str) -> None:
    if not may_answer(standing_of(actor), asked):
        raise Hidden
    # Whoever answers and whoever takes it back come one after the other.
    held = Request.objects.select_for_update().filter(pk=asked.pk).first()
    if held is None or not asked.version == held.version == version:
        raise Changed
    if not asked.may_become(status):
        raise HomeportError(_("This was decided already."))


def _check_therapist(person_id: UUID) -> None:
    treats = Person.objects.filter(holds_at(now(), "roles__"), pk=person_id, roles__role=Role.THERAPIST)
    if not treats.exists():
        raise Unfit("to", _("Only a therapist of this practice can be given it."))


def _decide(actor: Actor, asked: Request, version: int, status: str, reply: str) -> None:
    _check(actor, asked, version, status)
    was_set, asked.status = asked.is_call_set, status
    if reply.strip():
        asked.reply = reply.strip()
    asked.replied_at, asked.replied_by_id = now(), actor.person_id
    changed(asked)
    record(
        actor=actor, verb=Verb.CHANGE, material=asked.material, row_id=asked.pk, subject_id=asked.author_id
    )
    _tell_author(asked, is_of_call=was_set or asked.is_call_set)


def _tell_author(asked: Request, *, is_of_call: bool) -> None:
    """By their link, or at home for whoever signs in. That a call is set, or is not any more, a calendar learns too."""
    if is_of_call:
        plan_call_reminders(asked=asked)
        tell_author_of_call(asked=asked)
        return
    subject = _("There is an answer for you")
    if asked.contact:
        with override(asked.language):
            mail_author(asked, "request_answered", subject, key=f"answered:{asked.version}")
    else:
        tell_person(asked.author_id, asked, "request_answered_home", subject, version=asked.version)
