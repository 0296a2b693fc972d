"""Write down a message that is to leave the house."""

import base64
from datetime import datetime

from django.conf import settings
from django.db import transaction

from homeport.core import keys
from homeport.core.clock import now
from homeport.core.ids import new_id
from homeport.core.jobs import enqueue
from homeport.core.keys import KeyGone
from homeport.outbox.models import Channel, OutgoingMessage
from homeport.people.models import Person

DELIVER = "outbox.deliver"


@transaction.atomic
def put_message(  # noqa: PLR0913 - all that there is to say of a message, by name
    *,
    kind: str,
    to: Person | None,
    address: str = "",
    subject: str,
    body: str,
    key: str,
    short: str = "",
    run_at: datetime | None = None,
    until_at: datetime | None = None,
    calendar: bytes | None = None,
    wanted: Channel | None = None,
) -> OutgoingMessage:
    """Have one message sent to one person, if the caller's transaction holds; it names nobody else, and is never merged.

    ``key`` makes it once: where a message of this key stands already (and was not withdrawn), that one is returned as it
    is. ``run_at``: not before (now). ``until_at``: not after. ``address``: where somebody asked for it to go; left out,
    ``to`` is reached by the ways that they allow when it is sent (``outbox.wishes``). ``short``: what a text says (the
    body). ``calendar``: an iCalendar file whose METHOD says what it is. ``wanted``: by text rather than by mail.
    """
    if to is None and not address:
        raise ValueError("A message needs somebody to go to.")
    words = {"subject": " ".join(subject.split()), "body": body, "short": short}
    if calendar:
        words["calendar"] = base64.b64encode(calendar).decode()
    # Of a stream of its own: what is written to one hangs on nothing that is written to another.
    id_ = new_id(f"mail {key}")
    wished = OutgoingMessage(
        id=id_,
        message_id=f"<{id_}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>",
        key=key, kind=kind, to=to, address=address or None, words=words, wanted=wanted or "",
        scope=f"person:{to.pk}" if to else f"outbox:{now():%Y-%m}",
        run_at=run_at or now(), until_at=until_at,
    )  # fmt: skip
    try:
        keys.cipher(wished.scope)
    except KeyGone:
        # Whoever it is for was erased: nothing is said to them any more, and whatever else happens goes on.
        return _unsaid(wished)
    written = _write(wished)
    if written.pk == id_:
        ask_to_deliver(written)
    return written


def _write(wished: OutgoingMessage) -> OutgoingMessage:
    # In one statement, and without an error that would end the transaction where the key is there already.
    OutgoingMessage.objects.bulk_create([wished], ignore_conflicts=True)
    return OutgoingMessage.objects.select_related("to").exclude(state="withdrawn").get(key=wished.key)


def _unsaid(wished: OutgoingMessage) -> OutgoingMessage:
    wished.words = wished.address = None
    wished.state, wished.ended_at = OutgoingMessage.State.WITHDRAWN, now()
    wished.save(force_insert=True)
    return wished


def ask_to_deliver(message: OutgoingMessage) -> None:
    """Ask the queue to send it at its time; of one message at most one such job waits."""
    enqueue(DELIVER, run_at=message.run_at, key=f"deliver:{message.pk}", message_id=str(message.pk))
