"""Write down that a message came back."""

from homeport.core.clock import now
from homeport.outbox.models import OutgoingMessage


def note_bounce(*, message_id: str, status: str) -> bool:
    """The message of this Message-ID did not arrive; ``status`` is the mail server's code. Returns whether it is ours.

    Saying it twice changes nothing.
    """
    message = OutgoingMessage.objects.filter(message_id=message_id).first()
    if message is None:
        return False
    message.move_to(OutgoingMessage.State.BOUNCED, ended_at=now(), words=None, error=status[:20])
    return True
