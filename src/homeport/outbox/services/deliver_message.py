"""Send one message: at least once, whatever happens to the worker in between.

Each step is committed before the next. A worker that dies after the gateway took the message and before that is written
down leaves it SENDING: the next one sends it again, under the same Message-ID.
"""

import logging
import traceback
from smtplib import SMTPRecipientsRefused
from uuid import UUID

from homeport.core.clock import now
from homeport.core.keys import KeyGone
from homeport.outbox.gateways import hand_over
from homeport.outbox.models import OutgoingMessage
from homeport.outbox.wishes import INVITATION, way_to

log = logging.getLogger("homeport.outbox")
# With the pauses of the queue (30 seconds, doubled up to six hours) about three days, as mail servers hold it too.
ATTEMPTS = 20
State = OutgoingMessage.State


def deliver_message(*, message_id: UUID) -> None:
    """Send it, unless that was done, it was withdrawn, or there is no point any more.

    Raises what the gateway raised, so that the queue tries again later.
    """
    message = OutgoingMessage.objects.select_related("to__user").filter(pk=message_id).first()
    if message is None or message.state not in OutgoingMessage.LIVE:
        return
    if not message.move_to(State.SENDING, attempts=message.attempts + 1):
        return
    message.attempts += 1
    if message.attempts > ATTEMPTS or (message.until_at is not None and message.until_at < now()):
        _end(message, State.FAILED, message.error or "too late")
        return
    try:
        _send(message)
    except KeyGone:
        # Its reader was erased meanwhile: there is nothing left to send, and nobody to send it to.
        _end(message, State.WITHDRAWN)
    except SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        if any(code < 500 for code in codes):
            _try_later(message, refused)
            raise
        _end(message, State.BOUNCED, str(codes[0]) if codes else "")
    except Exception as error:
        _try_later(message, error)
        raise


def _send(message: OutgoingMessage) -> None:
    way = way_to(message)
    if way is None:
        _end(message, State.UNREACHABLE)
        return
    hand_over(message, way)
    # The words are gone from here once they are gone from the house.
    sent = {"channel": way.channel, "sent_at": now(), "error": ""}
    message.move_to(State.SENT, words=None, **_address_after(message), **sent)


def _end(message: OutgoingMessage, state: OutgoingMessage.State, error: str = "") -> None:
    message.move_to(state, ended_at=now(), words=None, error=error, **_address_after(message))


def _address_after(message: OutgoingMessage) -> dict[str, None]:
    """The address goes with the words, except that of an invitation: staff wrote it, and must learn whose came back."""
    return {} if message.to_id is None and message.kind == INVITATION else {"address": None}


def _try_later(message: OutgoingMessage, error: Exception) -> None:
    """Back to waiting, or given up after the last try. Of the error its kind and place are kept, never its words."""
    frames = traceback.extract_tb(error.__traceback__)
    said = f"{type(error).__name__} in {frames[-1].name}"[:200] if frames else type(error).__name__
    if message.attempts >= ATTEMPTS:
        log.error("A message was given up after %d tries: %s", message.attempts, said)
        _end(message, State.FAILED, said)
    else:
        message.move_to(State.WAITING, error=said)
