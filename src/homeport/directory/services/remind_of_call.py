"""Say when a first call is, remind both sides of it, and take that back where it is called off."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.keys import KeyGone
from homeport.directory import calls
from homeport.directory.models import Request
from homeport.directory.services.put_request import mail_author
from homeport.outbox.models import Channel
from homeport.outbox.services.put_message import put_message
from homeport.outbox.services.withdraw_messages import withdraw_messages
from homeport.outbox.wishes import mail_address, text_number
from homeport.people.languages import written_language
from homeport.people.models import Person
from homeport.scheduling.calendar.events import Event
from homeport.scheduling.letters import in_words
from homeport.scheduling.models import ReminderTimes
from homeport.scheduling.reminders import BY_ITSELF, due
from homeport.scheduling.services.plan_reminders import times_of


class FirstCalls:
    """What this room keeps in somebody's time (see ``homeport.scheduling.beside``)."""

    def entries_of(self, *, actor: Actor, person: Person) -> Iterable[Event]:
        """The first calls that they give."""
        return calls.entries_of(actor=actor, person=person)

    def replan(self, *, person_id: UUID | None) -> None:
        """Write the reminders of the first calls that are ahead anew."""
        ahead = Request.objects.filter(
            kind=Request.Kind.FIRST_CALL, status=Request.Status.ACCEPTED, call_at__gt=now()
        )
        theirs = ahead if person_id is None else ahead.filter(to_id=person_id)
        for asked in theirs.order_by("call_at", "pk").iterator(200):
            plan_call_reminders(asked=asked)


@transaction.atomic
def plan_call_reminders(*, asked: Request) -> None:
    """Take back the reminders of this call, and write those that are right now: none, unless it is set and ahead.

    Whoever asked is reminded where they confirmed that mail reaches them, when the practice does it by itself and on their
    own clock; the therapist when they chose, by the way they chose. To be called in the transaction that changed it.
    """
    withdraw_messages(key_prefix=f"request:{asked.pk}:reminder:")
    therapist = _therapist(asked)
    if not asked.is_call_set or therapist is None:
        return
    _remind_author(asked, therapist)
    if mail_address(therapist) or text_number(therapist):
        _remind_therapist(asked, therapist)


def tell_author_of_call(*, asked: Request) -> None:
    """A letter that the call is set, or that it does not take place, with a file that says so to their calendar."""
    therapist, address = _therapist(asked), _address(asked)
    if not address:
        return
    is_set = asked.status == Request.Status.ACCEPTED
    with override(asked.language):
        mail_author(
            asked,
            "call_set" if is_set else "call_off_author",
            _("Your call is set") if is_set else _("Your call does not take place"),
            key=f"call:{asked.version}",
            shown={"when": _when(asked, asked.zone, therapist)},
            calendar=calls.file_for_author(asked, address),
        )


def _remind_author(asked: Request, therapist: Person) -> None:
    usual = ReminderTimes.objects.filter(person=None).first()
    minutes = usual.minutes if usual else BY_ITSELF
    if asked.call_at is None or not _address(asked):
        return
    with override(asked.language):
        for each in due(asked.call_at, minutes, asked.zone, now()):
            mail_author(
                asked,
                "call_reminder",
                _("A reminder of your call"),
                key=f"reminder:author:{each.minutes}",
                shown={"when": _when(asked, asked.zone, therapist)},
                run_at=each.moment,
            )


def _remind_therapist(asked: Request, therapist: Person) -> None:
    chosen = times_of([therapist])[therapist.pk]
    if asked.call_at is None:
        return
    with override(written_language(therapist.language)):
        when = _when(asked, therapist.zone, therapist)
        shown = {"when": when, "link": f"{settings.ADDRESS}{reverse('home')}"}
        for each in due(asked.call_at, chosen.minutes, therapist.zone, now()):
            put_message(
                kind="meeting-reminder",
                to=therapist,
                subject=_("A reminder of your call"),
                body=render_to_string("directory/mail/call_reminder_home.txt", shown),
                short=_("A reminder of your call: %(when)s.") % {"when": when},
                key=f"request:{asked.pk}:reminder:to:{each.minutes}",
                run_at=each.moment,
                until_at=asked.call_at,
                wanted=Channel.TEXT if chosen.by_text else None,
            )


def _when(asked: Request, zone: str, therapist: Person | None) -> str:
    return in_words(asked.call_at, zone, therapist.zone if therapist else zone) if asked.call_at else ""


def _therapist(asked: Request) -> Person | None:
    if asked.to_id is None:
        return None
    return Person.objects.select_related("user").filter(pk=asked.to_id).first()


def _address(asked: Request) -> str:
    """Where whoever asked is written to: nowhere, before they followed the link, or once they were erased."""
    try:
        return (asked.contact or "") if asked.sent_at else ""
    except KeyGone:
        return ""
