"""What a crisis line is, where it is for, and how far it can be trusted today."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from homeport.content.instruments.marks import Mark

Kind = Literal[
    "emergency",
    "suicide",
    "mental_health",
    "emotional_support",
    "text",
    "violence",
    "sexual_harm",
    "youth",
    "child_abuse",
    "indigenous",
    "legal",
]
Standing = Literal["verified", "check-again", "provisional"]

# In the order in which lines are shown: from danger to life down to help that is no crisis line.
KIND_LABELS: dict[Kind, str] = {
    "emergency": "Emergency",
    "suicide": "Suicide and crisis",
    "mental_health": "Urgent help with mental health",
    "emotional_support": "Someone to listen",
    "text": "Help by text message",
    "violence": "Violence and abuse",
    "sexual_harm": "Sexual harm",
    "youth": "Children and teenagers",
    "child_abuse": "A child is being hurt",
    "indigenous": "Indigenous people",
    "legal": "Legal help (not a crisis line)",
}
ORDER: tuple[Kind, ...] = tuple(KIND_LABELS)
# What a page must offer or say plainly that it cannot.
EXPECTED: tuple[Kind, ...] = ("suicide", "violence", "youth")
GOOD_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to reach a line. ``shown`` is the number as people write it, or the name of a site.

    ``words``: what to send, for a text message; any one of them. ``mark`` may differ from that of the line.
    """

    kind: Literal["call", "text", "chat"]
    shown: str
    words: tuple[str, ...]
    mark: Mark

    @property
    def digits(self) -> str:
        """The number as it is dialled; "" for a site."""
        return "" if self.kind == "chat" else "".join(sign for sign in self.shown if sign.isdigit())

    @property
    def href(self) -> str:
        """tel:, sms: or https: address. A text message is prepared with its word, never sent by itself."""
        if self.kind == "call":
            return f"tel:{self.digits}"
        if self.kind == "chat":
            return f"https://{self.shown}/"
        # "?&": telephones disagree on whether "?" or "&" begins the body; all of them take both.
        return f"sms:{self.digits}" + (f"?&body={self.words[0]}" if self.words else "")

    @property
    def provisional(self) -> bool:
        """True where the page must say that this number has not been checked at its source."""
        return self.mark.provisional


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """One service. ``hours`` and ``source_url`` are "" where we do not know them.

    ``verified_on``: the day the number was read at its source; None where it was not, or not yet.
    ``cross_checked``: the year of an independent list that names the same number, or None.
    """

    id: str
    kind: Kind
    regions: tuple[str, ...]  # codes within the country; () means all of it
    region_names: tuple[str, ...]
    name: str
    for_whom: str
    links: tuple[Channel, ...]
    hours: str
    languages: tuple[str, ...]  # codes; () means that we do not know
    note: str
    mark: Mark
    verified_on: date | None
    source_url: str
    cross_checked: int | None

    @property
    def label(self) -> str:
        """What the line is, in plain words: a legal line is never shown as a crisis line."""
        return KIND_LABELS[self.kind]

    @property
    def crisis(self) -> bool:
        """False for help that is no crisis line."""
        return self.kind != "legal"

    @property
    def always_open(self) -> bool:
        """True where the line is known to answer day and night."""
        return self.hours == "24/7"

    @property
    def provisional(self) -> bool:
        """True where the page must say that the line has not been checked at its source."""
        return self.verified_on is None or self.mark.provisional

    def stale(self, today: date) -> bool:
        """True where it must be checked again: never verified, or more than 90 days ago."""
        return self.verified_on is None or today - self.verified_on > GOOD_FOR

    def standing(self, today: date) -> Standing:
        """``provisional`` (not checked at its source), ``check-again`` (long ago) or ``verified``."""
        if self.provisional:
            return "provisional"
        return "check-again" if self.stale(today) else "verified"


@dataclass(frozen=True, slots=True)
class CrisisPlace:
    """What we know for one country, or one region of it. ``country`` is "" for the rest of the world.

    ``lines`` are in the order to show them, without the emergency numbers. Without a region they hold
    those of every region, each naming its own, so that nothing is hidden from a person who did not
    choose.
    """

    country: str
    region: str
    country_name: str
    region_name: str
    emergency: tuple[CrisisLine, ...]
    lines: tuple[CrisisLine, ...]
    regions: tuple[tuple[str, str], ...]  # (code, name) of the regions one can choose from

    # A register of lines over the world, for what we do not hold ourselves. A plain link: nothing is loaded
    # from it.
    directory = "findahelpline.com"
    directory_url = "https://findahelpline.com/"

    @property
    def code(self) -> str:
        """``CA-ON``, ``CA``, or "" for the rest of the world."""
        return f"{self.country}-{self.region}" if self.region else self.country

    @property
    def name(self) -> str:
        """``Ontario, Canada``, ``Canada``, or "" for the rest of the world."""
        return f"{self.region_name}, {self.country_name}" if self.region else self.country_name

    @property
    def emergency_known(self) -> bool:
        """False where the page must say plainly that we do not know the emergency number."""
        return bool(self.emergency)

    @property
    def gaps(self) -> tuple[str, ...]:
        """The labels of what one would look for here and we do not hold: suicide, violence, youth."""
        held = {line.kind for line in self.lines}
        return tuple(KIND_LABELS[kind] for kind in EXPECTED if kind not in held)
