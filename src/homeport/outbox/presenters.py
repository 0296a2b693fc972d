"""How a message that did not arrive is shown: who, by what way, when. Never what it was, nor why it came back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from homeport.core.keys import KeyGone
from homeport.outbox.models import Channel, OutgoingMessage

State = OutgoingMessage.State


@dataclass(frozen=True, slots=True)
class Line:
    """One message. ``phone``: a number to call, where its reader allows calls."""

    id: UUID
    who: str
    way: str
    at: datetime
    phone: str

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        return "".join(character for character in self.phone if character in "+0123456789")


def lines_of(messages: Iterable[OutgoingMessage]) -> list[Line]:
    """The lines of the page, in the order of the messages."""
    return [
        Line(
            id=message.pk,
            who=message.to.shown_name if message.to else _address(message),
            way=_way(message),
            at=message.ended_at or message.run_at,
            phone=message.to.phone if message.to and message.to.may_call else "",
        )
        for message in messages
    ]


def _way(message: OutgoingMessage) -> str:
    if message.state == State.UNREACHABLE:
        return _("We have no way to write to them: they want neither mail nor texts, or gave no address.")
    if message.channel == Channel.TEXT:
        return _("A text did not arrive.")
    return _("A mail came back.") if message.state == State.BOUNCED else _("A mail could not be sent.")


def _address(message: OutgoingMessage) -> str:
    try:
        return str(message.address or "")
    except KeyGone:
        return _("Somebody who is not known here any more")
