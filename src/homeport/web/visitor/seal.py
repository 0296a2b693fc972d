"""Signing the state into the page and reading it back.

The signature shows that we wrote it; it gives no authority over anything but the sender's own answers.
Whoever holds the page can read it, and that is the person who gave the answers.
"""

from dataclasses import dataclass

from django.core import signing

from homeport.web.visitor.state import Journey, StateError, from_wire, to_wire

SALT = "homeport.web.visitor"
KEEP_SECONDS = 24 * 60 * 60
LONGEST = 8_000  # characters; ten relationships answered in full stay far below


@dataclass(frozen=True, slots=True)
class Opened:
    """A state read back. ``expired``: ours and whole, but older than a day."""

    journey: Journey
    expired: bool


def seal(journey: Journey) -> str:
    """The journey as a signed, dated text for the hidden field."""
    # Squeezing a short text takes longer than sending it.
    return signing.dumps(to_wire(journey), salt=SALT, compress=len(journey.runs) > 2)


def unseal(sealed: str) -> Opened:
    """Read a hidden field.

    Raises StateError when it is missing, changed, cut short or from another installation.
    """
    if not sealed or len(sealed) > LONGEST:
        raise StateError("The page came without the answers it should carry.")
    expired = False
    try:
        try:
            wire = signing.loads(sealed, salt=SALT, max_age=KEEP_SECONDS)
        except signing.SignatureExpired:
            wire, expired = signing.loads(sealed, salt=SALT), True
    except signing.BadSignature as error:
        raise StateError("The answers in this page were changed or cut short on the way.") from error
    return Opened(from_wire(wire), expired)
