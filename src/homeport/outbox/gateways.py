"""The doors of the house: mail through Django's mail backend, texts through what the settings name (``HOMEPORT_TEXTS``).

console:               texts are written on the terminal
program:/path/to/it    a program of the operator's: called with the number and a reference, the text on its input
(nothing)              no texts are sent
"""

import base64
import os
import subprocess
import sys
from email.mime.base import MIMEBase
from email.mime.text import MIMEText
from email.utils import formataddr
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from homeport.core.errors import HomeportError
from homeport.outbox.models import Channel, OutgoingMessage
from homeport.outbox.wishes import Way

PROGRAM_SECONDS = 30


class NotTaken(HomeportError):
    """The gateway did not take the message; it is tried again later."""


class TextGateway(Protocol):
    """Whatever sends texts. ``reference`` is the same when a text is sent again: a provider that knows it sends one."""

    def send(self, number: str, text: str, reference: str) -> None:
        """Hand one text over. Raises ``NotTaken`` where that did not work."""


class ConsoleTexts:
    """Writes texts on the terminal: the demo, and trying things out."""

    def send(self, number: str, text: str, reference: str) -> None:
        """See :class:`TextGateway`."""
        sys.stdout.write(f"Text to {number} ({reference}):\n{text}\n")
        sys.stdout.flush()


class TextProgram:
    """A program of the operator's that speaks to a provider: ``PROGRAM NUMBER REFERENCE``, the text on its input."""

    def __init__(self, program: str) -> None:
        self._program = program

    def send(self, number: str, text: str, reference: str) -> None:
        """See :class:`TextGateway`."""
        try:
            subprocess.run(  # noqa: S603 - the operator names the program in the settings
                [self._program, number, reference],
                input=text.encode(), capture_output=True, timeout=PROGRAM_SECONDS, check=True,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            # Not the program's own words: they could hold the number, or the text.
            raise NotTaken(f"The program for texts did not take it ({type(error).__name__}).") from None


def text_gateway() -> TextGateway:
    """The one that the settings name. Raises ``HomeportError`` for what is none."""
    kind, _, rest = str(settings.TEXTS).partition(":")
    if kind == "console":
        return ConsoleTexts()
    if kind == "program" and rest.startswith("/"):
        if not os.access(rest, os.X_OK):
            raise HomeportError(f"The program for texts, {rest}, is not there or cannot be run.")
        return TextProgram(rest)
    raise HomeportError("HOMEPORT_TEXTS is not understood; write it as program:/path/to/it or console:.")


def hand_over(message: OutgoingMessage, way: Way) -> None:
    """Give the message to the gateway of its way. Raises what the gateway raises."""
    words: dict[str, Any] = message.words
    if way.channel == Channel.TEXT:
        text_gateway().send(way.address, words.get("short") or words["body"], message.message_id)
    else:
        as_mail(message, way).send()


def as_mail(message: OutgoingMessage, way: Way) -> EmailMultiAlternatives:
    """The mail: to one address, with its own Message-ID, plain text, a calendar file where there is one."""
    words: dict[str, Any] = message.words
    mail = EmailMultiAlternatives(
        subject=words["subject"],
        body=words["body"],
        from_email=formataddr((way.sender, settings.DEFAULT_FROM_EMAIL)),
        to=[way.address],
        # No machine answers it; Django's own id would tell the reader this machine's name.
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    )
    if words.get("calendar"):
        for part in _calendar(base64.b64decode(words["calendar"])):
            mail.attach(part)
    return mail


def _calendar(file: bytes) -> list[MIMEBase]:
    """The file as calendars read it from a mail (RFC 6047): its method is in the type, and it can be kept as a file."""
    method = next(
        (line.partition(b":")[2].strip().decode("ascii", "replace").upper() for line in file.splitlines()
         if line.upper().startswith(b"METHOD:")),
        "PUBLISH",
    )  # fmt: skip
    part = MIMEText(file.decode("utf-8"), "calendar", "utf-8")
    part.set_param("method", method if method.isalpha() else "PUBLISH")
    part.add_header("Content-Disposition", "attachment", filename="invite.ics")
    return [part]
