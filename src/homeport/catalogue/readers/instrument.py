"""What a reader hands on: an instrument as its file describes it, before anyone asks whether it fits a key."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from homeport.core.errors import ContentError

LONGEST_TEXT = 3_000
LONGEST_LABEL = 400
LONGEST_TITLE = 300
LONGEST_INSTRUCTION = 8_000
MOST_ITEMS = 400
MOST_OPTIONS = 60


class NotAnInstrument(ContentError):
    """A file that no reader can make an instrument of. ``str(error)`` says why in one line."""


@dataclass(frozen=True, slots=True)
class ReadOption:
    """One answer. ``value`` is None where the file gives it no whole number."""

    value: int | None
    label: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class ReadItem:
    """One question. ``number`` is what the file itself says; ``bounds`` the lowest and highest value it allows."""

    code: str
    text: str
    options: tuple[ReadOption, ...]
    number: int | None = None
    loinc: tuple[str, ...] = ()
    bounds: tuple[int, int] | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something the file holds that is not taken over, and why."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class ReadInstrument:
    """An instrument as one file describes it, in one language.

    ``names`` are the short names it goes by (ids, abbreviations); ``codes`` its LOINC panel codes; ``language`` is ""
    where the file does not say; ``languages`` are all that it holds. ``doubts`` are sentences for a human.
    """

    kind: str
    title: str
    items: tuple[ReadItem, ...]
    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    description: str = ""
    instruction: str = ""
    language: str = ""
    languages: tuple[str, ...] = ()
    licence: str = ""
    dropped: tuple[Dropped, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class Remarks:
    """What a reader collects on its way: things dropped, doubts, and how many texts carried markup."""

    dropped: list[Dropped] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    about: dict[str, list[str]] = field(default_factory=dict)
    marked_up: int = 0

    def drop(self, code: str, why: str) -> None:
        """Say that something of the file is left out."""
        self.dropped.append(Dropped(code[:120], why))

    def doubt(self, sentence: str) -> None:
        """Say something once that a human should look at."""
        if sentence not in self.doubts:
            self.doubts.append(sentence)

    def doubt_item(self, code: str, sentence: str) -> None:
        """Say something about one question; it is told only if the question is kept."""
        about = self.about.setdefault(code, [])
        if sentence not in about:
            about.append(sentence)

    def attached(self, items: Iterable[ReadItem]) -> tuple[ReadItem, ...]:
        """The questions, each with the doubts about it."""
        return tuple(replace(item, doubts=tuple(self.about.get(item.code, ()))) for item in items)

    def all_doubts(self) -> tuple[str, ...]:
        """The doubts, with one line for all markup that was taken out."""
        if not self.marked_up:
            return tuple(self.doubts)
        texts = "1 text" if self.marked_up == 1 else f"{self.marked_up} texts"
        return (*self.doubts, f"Formatting (HTML) was taken out of {texts}.")
