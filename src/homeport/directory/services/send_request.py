"""Send what one asked, and take it back: by the link in the mail, or signed in."""

from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from homeport.access.gate import Hidden
from homeport.access.services.put_before import put_before, take_from_before
from homeport.access.wall import acting
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.core.versions import save_if_unchanged
from homeport.directory.models import Request
from homeport.directory.services.remind_of_call import tell_author_of_call
from homeport.outbox.services.put_message import put_message
from homeport.outbox.services.withdraw_messages import withdraw_messages
from homeport.people.models import Person
from homeport.scheduling.services.occupy import keep, release

Status = Request.Status


@acting
def send_request(*, actor: Actor, request_id: UUID) -> Request:
    """Its author sends it: from now on whom it is for sees it. Sent twice changes nothing.

    Raises ``Hidden`` for anybody else, ``HomeportError`` where it was taken back, waited too long, or its time is gone.
    """
    asked = own(actor, request_id)
    if asked.status == Status.SENT:
        return asked
    if not asked.may_become(Status.SENT) or asked.status != Status.UNSENT:
        raise HomeportError(_("This waited too long, or was taken back. Please ask again."))
    if asked.kind == Request.Kind.FIRST_CALL and not keep(source_id=asked.pk, lapses_at=None):
        raise HomeportError(_("The time you chose went to somebody else. Please choose another one."))
    asked.status, asked.sent_at = Status.SENT, now()
    changed(asked)
    reaches(actor, asked)
    return asked


@acting
def withdraw_request(*, actor: Actor, request_id: UUID) -> None:
    """Its author takes it back, once; a time that was kept is free again. Raises ``HomeportError`` once it is decided."""
    asked = own(actor, request_id)
    if asked.status == Status.WITHDRAWN:
        return
    if not asked.may_become(Status.WITHDRAWN):
        raise HomeportError(_("This was decided already."))
    was_set, asked.status = asked.is_call_set, Status.WITHDRAWN
    changed(asked)
    release(source_id=asked.pk)
    if asked.to_id is not None:
        take_from_before(row=asked, person_id=asked.to_id)
    withdraw_messages(key_prefix=f"request:{asked.pk}:")
    if was_set and asked.to_id is not None:
        subject = _("A time in your week is free again")
        tell_person(asked.to_id, asked, "call_off", subject, version=asked.version)
        tell_author_of_call(asked=asked)
    record(actor=actor, verb=Verb.WITHDRAW, material=asked.material, row_id=asked.pk)


def own(actor: Actor, request_id: UUID) -> Request:
    """The actor's own request, which nobody else changes meanwhile. Raises ``Hidden`` for any other."""
    if actor.person_id is None:
        raise Hidden
    mine = Request.objects.select_for_update().filter(pk=request_id, author_id=actor.person_id)
    asked = mine.first()
    if asked is None:
        raise Hidden
    return asked


def changed(asked: Request) -> None:
    """Save it as it was read. Raises ``Changed`` where somebody was faster."""
    asked.changed_at = now()
    save_if_unchanged(asked, asked.version)


def reaches(actor: Actor, asked: Request) -> None:
    """Put it before whom it is for, and tell them that something waits; intake, where it is for nobody by name."""
    record(actor=actor, verb=Verb.SHARE, material=asked.material, row_id=asked.pk)
    if asked.to_id is None:
        return
    put_before(row=asked, person_id=asked.to_id, given_by_id=asked.author_id)
    tell_person(asked.to_id, asked, "request_waits", _("Something waits for you"), version=asked.version)


def tell_person(person_id: UUID, asked: Request, template: str, subject: str, *, version: int) -> None:
    """A mail to somebody who can sign in, without a word of what it is about."""
    person = Person.objects.select_related("user").filter(pk=person_id).first()
    if person is None:
        return
    with override(person.language):
        put_message(
            kind="request",
            to=person,
            subject=str(subject),
            body=render_to_string(
                f"directory/mail/{template}.txt", {"link": f"{settings.ADDRESS}{reverse('home')}"}
            ),
            key=f"request:{asked.pk}:{template}:{version}",
        )
