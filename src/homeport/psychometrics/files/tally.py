"""What stands in a file beside answers: counted to the last row, and the first rows of it named."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from homeport.psychometrics.files.cells import EMPTY, UNREADABLE, Codes, shown, understand
from homeport.psychometrics.files.layout import HIGHEST, Layout, count_answers
from homeport.psychometrics.files.source import Batch

NAMED_VALUES = 50  # distinct values outside the answers that are told apart


@dataclass(frozen=True)
class Problem:
    """One row, counted from 1 after the line with the names. outside: what stood there, by item id."""

    row: int
    missing: tuple[str, ...]
    outside: Mapping[str, str]

    def __str__(self) -> str:
        parts = [f"missing {', '.join(self.missing)}"] if self.missing else []
        parts += [f"{item} = {text}" for item, text in self.outside.items()]
        return f"row {self.row}: {'; '.join(parts)}"


@dataclass
class Tally:
    """rows, and cells that are no answer: ``missing`` is nothing at all, ``outside`` anything else. answers: how often
    each number stands there."""

    layout: Layout
    listed: int = 20
    rows: int = 0
    complete: int = 0
    missing: int = 0
    outside: int = 0
    values: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    answers: NDArray[np.int64] = field(default_factory=lambda: np.zeros(HIGHEST + 1, dtype=np.int64))

    def take(self, batch: Batch) -> tuple[Codes, NDArray[np.bool_]]:
        """Read and count a batch. Returns its codes and which of them are answers, both (items, rows)."""
        cells = [understand(array) for array in batch.answers]
        codes = np.stack([cell.codes for cell in cells])
        valid = self.layout.valid(codes)
        self.answers += count_answers(codes, self.layout.counted)
        if not valid.all():
            self._note(batch, codes, valid, sum((cell.strange for cell in cells), Counter[str]()))
        else:
            self.complete += batch.rows
        self.rows += batch.rows
        return codes, valid

    @property
    def incomplete(self) -> int:
        """Rows with at least one question that has no answer."""
        return self.rows - self.complete

    def _note(self, batch: Batch, codes: Codes, valid: NDArray[np.bool_], strange: Counter[str]) -> None:
        empty = codes == EMPTY
        outside = ~valid & ~empty
        self.missing += int(empty.sum())
        self.outside += int(outside.sum())
        found, counts = np.unique(codes[outside & (codes != UNREADABLE)], return_counts=True)
        strange.update({str(value): int(count) for value, count in zip(found, counts, strict=True)})
        for value, count in strange.most_common():
            known = value in self.values or len(self.values) < NAMED_VALUES
            self.values[value if known else "other"] += count
        rows = np.flatnonzero(~valid.all(axis=0))
        self.complete += batch.rows - len(rows)
        for row in rows[: max(self.listed - len(self.problems), 0)].tolist():
            self.problems.append(self._problem(batch, row, empty[:, row], outside[:, row]))

    def _problem(
        self, batch: Batch, row: int, empty: NDArray[np.bool_], outside: NDArray[np.bool_]
    ) -> Problem:
        items = self.layout.items
        return Problem(
            self.rows + row + 1,
            tuple(items[place] for place in np.flatnonzero(empty).tolist()),
            {
                items[place]: shown(batch.answers[place][row].as_py())
                for place in np.flatnonzero(outside).tolist()
            },
        )
