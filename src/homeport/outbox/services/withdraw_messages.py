"""Take messages back that were not sent yet."""

from homeport.core.clock import now
from homeport.outbox.models import OutgoingMessage, begins_with


def withdraw_messages(*, key_prefix: str) -> int:
    """Withdraw every message of a key that begins like this and was not sent yet; their words are wiped.

    Returns how many there were. In the caller's transaction. A message of the same key may be written again afterwards.
    """
    if not key_prefix:
        raise ValueError("An empty prefix would take back everything.")
    live = OutgoingMessage.objects.filter(begins_with(key_prefix), state__in=OutgoingMessage.LIVE)
    return live.update(state=OutgoingMessage.State.WITHDRAWN, words=None, address=None, ended_at=now())
