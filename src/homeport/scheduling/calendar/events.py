"""What one entry of a calendar file says: when, where, how often, and under which name it is known for good."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Method(StrEnum):
    """What the calendar that receives a file is to do with it."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Event:
    """One appointment, or one series of them, as a calendar shows it.

    ``starts`` and ``ends`` are moments with a zone; what repeats does so at the wall-clock time of ``zone`` (an IANA name).
    ``sequence`` grows with every change, so that of two files the newer wins whatever order they arrive in.
    ``rule``: how it repeats, as in RFC 5545 without the word before it ("FREQ=WEEKLY;INTERVAL=2"); ``left_out``: the
    starts that fall out. ``instead_of``: this is the one of a series that would have begun then. ``is_pending``: the time is
    kept, and somebody has still to say yes to it.
    """

    uid: str
    title: str
    starts: datetime
    ends: datetime
    zone: str
    written_at: datetime
    sequence: int = 0
    place: str = ""
    address: str = ""
    is_off: bool = False
    is_pending: bool = False
    rule: str = ""
    left_out: tuple[datetime, ...] = ()
    instead_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """From whom and to whom an invitation goes, by mail address. Nobody else who comes is named in it."""

    organiser: str
    recipient: str
    organiser_name: str = ""


def uid_of(row_id: UUID) -> str:
    """The name under which every calendar knows an appointment or a series, for as long as it exists (RFC 7986, 5.3)."""
    return str(row_id)
