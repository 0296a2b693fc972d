"""What comes of fitting a file: a wording that may be installed, and the account of it."""

from dataclasses import dataclass

from homeport.catalogue.readers.instrument import Dropped
from homeport.content.instruments import Key, Wording


@dataclass(frozen=True, slots=True)
class Kept:
    """An item and the name that its question has in the file."""

    item: str
    source: str


@dataclass(frozen=True, slots=True)
class Fit:
    """A wording that may be installed. ``key`` is None for one without scores (``local.…``)."""

    wording: Wording
    key: Key | None
    title: str
    kind: str
    languages: tuple[str, ...]
    kept: tuple[Kept, ...]
    dropped: tuple[Dropped, ...]
    doubts: tuple[str, ...]
    recognised: int  # items whose text is known as theirs
