"""Ask a therapist something, or for a first call: without an account, and nobody sees it before its author has sent it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from homeport.access.gate import Hidden
from homeport.access.wall import acting
from homeport.accounts.throttle import DAY, HOUR, MINUTE, Rule, claim
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.errors import HomeportError
from homeport.directory.links import link_to
from homeport.directory.models import Request
from homeport.outbox.services.put_message import put_message
from homeport.people.errors import Unfit
from homeport.people.offers import Together
from homeport.safety.crisis_text import speaks_of_danger
from homeport.scheduling.models import Offering, Place
from homeport.scheduling.services.book_appointment import as_offered
from homeport.scheduling.services.occupy import Claim, Taken, What, occupy, with_next_times

# To confirm takes a moment; whoever does not gives the time back.
CALL_HELD = timedelta(hours=2)
UNSENT_FOR = timedelta(hours=24)
LONGEST = 2_000
FROM_HERE = Rule("requests from here", free=6, first=MINUTE, longest=HOUR, forgotten=DAY)
TO_ADDRESS = Rule("requests of an address", free=4, first=10 * MINUTE, longest=DAY, forgotten=DAY)
Kind = Request.Kind


class TooMany(HomeportError):
    """Somebody asks far more than one person would."""

    def __init__(self, wait: timedelta) -> None:
        minutes = max(1, round(wait.total_seconds() / 60))
        super().__init__(
            _("That was a lot in a short time. Please wait %(minutes)s minutes, then send it again.")
            % {"minutes": minutes}
        )


@dataclass(frozen=True, slots=True)
class Said:
    """What the form holds. ``wishes``: as ``carried`` writes them, only if the author wants them to be read."""

    words: str = ""
    called: str = ""
    contact: str = ""
    language: str = "en"
    zone: str = "UTC"
    format: Together = Together.INDIVIDUAL
    where: str = ""
    wishes: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """When and how a first call would be."""

    offering: Offering
    begins_at: datetime
    place: Place | None = None


def put_request(*, actor: Actor, to_id: UUID, key: UUID, said: Said, call: Call | None = None) -> Request:
    """Keep it, unsent, and mail its author the link that sends it. With a ``call``, the time is kept for two hours.

    ``key``: the id drawn for the form, so that a form sent twice asks once. Raises ``Unfit`` for what cannot be so,
    ``Taken`` with the next times, ``TooMany``.
    """
    check_said(said, needs_words=call is None)
    throttled(actor, said.contact)
    try:
        return _put(actor=actor, to_id=to_id, key=key, said=said, call=call)
    except Taken as taken:
        assert call is not None
        raise with_next_times(taken, Claim(call.offering, call.begins_at, call.place)) from None
    except IntegrityError:
        return _sent_at_once(actor, key)


def _sent_at_once(actor: Actor, key: UUID) -> Request:
    """Sent twice at the same time: what the other one kept. Raises ``Hidden`` where the id is somebody else's."""
    there = put_already(actor=actor, key=key)
    if there is None:
        raise Hidden
    return there


@acting
def put_already(*, actor: Actor, key: UUID) -> Request | None:
    """What was put with this form before, so that sending it again is answered as it was; None for the first time."""
    assert actor.person_id is not None  # as in ``_put``
    return Request.objects.filter(pk=key, author_id=actor.person_id).first()


def check_said(said: Said, *, needs_words: bool, needs_contact: bool = True) -> None:
    """Raise ``Unfit`` for what is missing or cannot be so."""
    if needs_words and not said.words.strip():
        raise Unfit("words", _("Write what you would like to ask."))
    if len(said.words) > LONGEST:
        raise Unfit("words", _("That is a lot. Please use at most %(most)s letters.") % {"most": LONGEST})
    if needs_contact:
        try:
            validate_email(said.contact)
        except ValidationError:
            raise Unfit("contact", _("Write an e-mail address that we can answer to.")) from None


def throttled(actor: Actor, contact: str) -> None:
    """Raise ``TooMany`` for who asks far more than one person would: from one place, or in the name of one address."""
    wait = claim(FROM_HERE, actor.origin) or claim(TO_ADDRESS, _mailbox(contact))
    if wait is not None:
        raise TooMany(wait)


def _mailbox(contact: str) -> str:
    """Whose post it is: what stands behind a plus (``ana+1@``) reaches the same person."""
    name, at, domain = contact.strip().lower().rpartition("@")
    return f"{name.partition('+')[0] or name}{at}{domain}"


@acting
def _put(*, actor: Actor, to_id: UUID, key: UUID, said: Said, call: Call | None) -> Request:
    assert actor.person_id is not None  # whoever asks acts by the id of the form
    asked = Request(
        pk=key,
        author_id=actor.person_id,
        kind=Kind.FIRST_CALL if call else Kind.QUESTION,
        to_id=to_id,
        urgency=urgency_of(said.words),
        call_at=call.begins_at if call else None,
        call_way=call.offering.way if call else "",
        **({"call_minutes": call.offering.minutes} if call else {}),
        **fields_of(said),
    )
    with transaction.atomic():
        asked.save(force_insert=True)
    if call:
        wanted = as_offered(Claim(call.offering, call.begins_at, call.place))
        occupy(claim=wanted, what=What.FIRST_CALL, source_id=asked.pk, lapses_at=now() + CALL_HELD)
    record(actor=actor, verb=Verb.CREATE, material=asked.material, row_id=asked.pk)
    mail_author(asked, "request_confirm", _("Please confirm"))
    return asked


def fields_of(said: Said) -> dict[str, object]:
    """What was said, by the fields of a request."""
    return {
        "words": said.words.strip(),
        "called": said.called.strip()[:120],
        "contact": said.contact.strip(),
        "language": said.language,
        "zone": said.zone,
        "format": said.format,
        "where": said.where,
        "wishes": said.wishes,
    }


def urgency_of(words: str) -> Request.Urgency:
    """Words that speak of danger are read first. It only ever raises."""
    return Request.Urgency.URGENT if speaks_of_danger(words) else Request.Urgency.ROUTINE


def mail_author(
    asked: Request,
    template: str,
    subject: str,
    *,
    key: str = "",
    shown: Mapping[str, str] | None = None,
    calendar: bytes | None = None,
    run_at: datetime | None = None,
) -> None:
    """A mail to whoever asked, with their link and nothing of what it is about. For those with an account: see ``tell``.

    ``shown``: what the template says besides. ``run_at``: not before, and then not after the call began.
    """
    said = {
        "link": link_to(asked),
        "hours": int(UNSENT_FOR.total_seconds() // 3600),
        "address": settings.ADDRESS,
        **(shown or {}),
    }
    put_message(
        kind="request",
        to=None,
        address=asked.contact,
        subject=subject,
        body=render_to_string(f"directory/mail/{template}.txt", said),
        key=f"request:{asked.pk}:{key or template}",
        calendar=calendar,
        run_at=run_at,
        until_at=asked.call_at if run_at else None,
    )
