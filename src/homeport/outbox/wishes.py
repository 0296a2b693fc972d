"""By what way a message may reach somebody, and under whose name. It is decided here and nowhere else, when it is sent:
whoever changed their wishes since it was written is taken at their last word.
"""

from dataclasses import dataclass

import phonenumbers
from django.conf import settings

from homeport.outbox.models import Channel, OutgoingMessage
from homeport.people.models import Person, Practice

# Asked for by its reader a moment ago, or the very way in: it goes to the address it was asked for.
ACCOUNT, INVITATION = "account", "invitation"
ASKED_FOR = frozenset({ACCOUNT, INVITATION})


@dataclass(frozen=True, slots=True)
class Way:
    """Where one message goes. ``sender``: the name that its reader, and whoever looks over their shoulder, sees."""

    channel: Channel
    address: str
    sender: str


def way_to(message: OutgoingMessage) -> Way | None:
    """The way this message goes; None where its reader allows none that we have.

    To an address that somebody gave for it, by mail. To a person by mail where they allow it, else by text where they
    allow that; the other way round where they chose texts for this kind. "Never write to me at home" is about letters
    and telephones that others answer: no text goes to a number on a landline, which would read it out.
    """
    to = message.to
    if message.address:
        allowed = to is None or message.kind in ASKED_FOR or to.may_mail
        return Way(Channel.MAIL, message.address, sender_for(to)) if allowed else None
    if to is None:
        return None
    ways = {Channel.MAIL: mail_address(to), Channel.TEXT: text_number(to)}
    first = Channel(message.wanted or Channel.MAIL)
    for channel in (first, *(each for each in Channel if each is not first)):
        if ways[channel]:
            return Way(channel, ways[channel], sender_for(to))
    return None


def mail_address(person: Person) -> str:
    """Where mail may go to somebody: the address they sign in with, and no other; empty where they want none."""
    return person.user.email if person.may_mail and person.user is not None and person.user.is_active else ""


def text_number(person: Person) -> str:
    """The number that texts may go to, in its international form; empty where they want none, or nothing sends them."""
    if not (person.may_text and person.phone and settings.TEXTS):
        return ""
    try:
        number = phonenumbers.parse(person.phone, None)
    except phonenumbers.NumberParseException:
        return ""
    if phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.FIXED_LINE:
        return ""
    written: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written


def sender_for(person: Person | None) -> str:
    """The name it comes from: a neutral one, unless the person said that the practice's own will do."""
    practice = Practice.objects.only("name", "neutral_sender").first()
    neutral = (practice.neutral_sender if practice else "") or settings.MAIL_NAME
    own = practice is not None and person is not None and not person.wants_neutral_sender
    chosen = practice.name if own and practice else neutral
    # One line, whatever was typed: a name must not become a header of its own.
    return " ".join("".join(c if c.isprintable() else " " for c in chosen).split())
