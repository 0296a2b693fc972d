"""A file of answers, whatever it is, as those see it who read it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from homeport.core.errors import HomeportError


@dataclass(frozen=True)
class Batch:
    """Some rows. answers: one Arrow array for each answer column; texts: one for each column that is kept."""

    rows: int
    answers: Sequence[Any]
    texts: Sequence[Any]


class Source(Protocol):
    """A table of answers. names: its columns as written. note: what was noticed on opening, "" for nothing."""

    names: tuple[str, ...]
    note: str

    @property
    def share(self) -> float:
        """How much of the file has been read, 0 to 1."""

    def batches(self, answers: Sequence[int], texts: Sequence[int]) -> Iterator[Batch]:
        """The rows, some thousands at a time, once. Columns by their place.

        Raises HomeportError when the file turns out to be damaged.
        """

    def close(self) -> None:
        """Let go of the file."""


def checked_names(names: Sequence[str], file: str) -> tuple[str, ...]:
    """Column names without blanks at their ends. Raises HomeportError for a first line that holds answers."""
    stripped = tuple(name.strip() for name in names)
    numbers = [name for name in stripped if name.lstrip("+-").replace(".", "", 1).isdigit()]
    if len(numbers) == len(stripped) and len(set(numbers)) < len(numbers):
        raise HomeportError(
            f"The first line of {file} holds answers; the names of the columns are wanted there."
        )
    return stripped
