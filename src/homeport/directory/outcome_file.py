"""Outcomes from a file: what people said first and last, made into how much better than expected they did.

One row is one person's answers to one measure. Within a measure the last value is predicted from the first by least squares
over everybody in the file; what remains, in its own standard deviations and turned so that more is better, is how much
better than expected somebody did. That takes out how people were when they came, and nothing else: see ``evidence``.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite, sqrt
from pathlib import Path
from statistics import fmean
from typing import Never

from homeport.core.errors import HomeportError
from homeport.directory.concerns import Concern
from homeport.directory.evidence import Record

COLUMNS = ("therapist", "client", "concern", "measure", "better", "first", "last")
BETTER = {"lower": -1.0, "higher": 1.0}
LARGEST_FILE = 20_000_000  # bytes
MOST_ROWS = 200_000
# Fewer people than this say too little of what is usual with a measure.
FEWEST_WITH_A_MEASURE = 30


@dataclass(frozen=True, slots=True)
class Row:
    """One line. ``better``: 1 where more is better, -1 where less is."""

    line: int
    therapist: str
    client: str
    concern: Concern
    measure: str
    better: float
    first: float
    last: float


def read_outcomes(path: Path) -> list[Row]:
    """The rows of a CSV file. Raises ``HomeportError`` for the first thing that is wrong, with its line."""
    if not path.is_file():
        raise HomeportError(f"There is no file {path}.")
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise HomeportError(f"{path.name} is larger than {LARGEST_FILE // 1_000_000} MB.")
        reader = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True)
        names = tuple(each.strip() for each in reader.fieldnames or ())
        if sorted(names) != sorted(COLUMNS):
            raise HomeportError(f"{path.name}: the first line must name these columns: {', '.join(COLUMNS)}.")
        reader.fieldnames = list(names)
        rows = []
        for said in reader:
            rows.append(_row(said, reader.line_num, path.name))
            if len(rows) > MOST_ROWS:
                raise HomeportError(f"{path.name} has more than {MOST_ROWS:,} rows.")
    except UnicodeDecodeError as error:
        raise HomeportError(f"{path.name} is not UTF-8 text: save it as UTF-8.") from error
    except (OSError, csv.Error) as error:
        raise HomeportError(f"{path.name} cannot be read: {error}.") from error
    _each_once(rows, path.name)
    return rows


def records_from(rows: Iterable[Row]) -> dict[tuple[str, Concern], Record]:
    """By therapist and concern: how many people, and how they did; few as they may be.

    Somebody with several measures counts once, by the mean of them. Raises ``HomeportError`` for a measure of too few
    people, or one in which everybody ends where their beginning says.
    """
    by_measure: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_measure[row.measure].append(row)
    did: dict[tuple[str, Concern], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for measure, group in by_measure.items():
        for row, value in zip(group, _beyond_expected(measure, group), strict=True):
            did[row.therapist, row.concern][row.client].append(value)
    return {
        which: Record(len(people), fmean(fmean(values) for values in people.values()))
        for which, people in did.items()
    }


def _beyond_expected(measure: str, rows: list[Row]) -> list[float]:
    if len({row.client for row in rows}) < FEWEST_WITH_A_MEASURE:
        raise HomeportError(
            f"{measure}: at least {FEWEST_WITH_A_MEASURE} people are needed to tell what is usual with a measure."
        )
    if len({row.better for row in rows}) > 1:
        raise HomeportError(f"{measure}: 'better' must be the same in every row of a measure.")
    first, last = [row.first for row in rows], [row.last for row in rows]
    mean_first, mean_last = fmean(first), fmean(last)
    spread = sum((value - mean_first) ** 2 for value in first)
    together = sum((x - mean_first) * (y - mean_last) for x, y in zip(first, last, strict=True))
    slope = together / spread if spread else 0.0
    left = [y - mean_last - slope * (x - mean_first) for x, y in zip(first, last, strict=True)]
    deviation = sqrt(sum(value**2 for value in left) / (len(left) - 1))
    if deviation < 1e-9 * (1 + abs(mean_last)):
        raise HomeportError(f"{measure}: everybody ends just where they began; there is nothing to compare.")
    return [row.better * value / deviation for row, value in zip(rows, left, strict=True)]


def _row(said: Mapping[str | None, str | None], line: int, name: str) -> Row:
    words = {column: (said.get(column) or "").strip() for column in COLUMNS}
    if None in said or any(not value for value in words.values()):
        _wrong(name, line, f"each of {', '.join(COLUMNS)} needs one value")
    if words["concern"] not in Concern.values:
        _wrong(name, line, f"{words['concern']!r} is no concern; use one of {', '.join(Concern.values)}")
    if words["better"] not in BETTER:
        _wrong(name, line, "'better' must be lower or higher")
    return Row(
        line, words["therapist"], words["client"], Concern(words["concern"]), words["measure"][:100],
        BETTER[words["better"]], _number(words["first"], line, name), _number(words["last"], line, name),
    )  # fmt: skip


def _number(words: str, line: int, name: str) -> float:
    try:
        value = float(words)
    except ValueError:
        _wrong(name, line, f"{words!r} is no number")
    if not isfinite(value) or abs(value) > 1e6:
        _wrong(name, line, f"{words!r} is no number of a measure")
    return value


def _each_once(rows: Iterable[Row], name: str) -> None:
    seen: dict[tuple[str, str, Concern, str], int] = {}
    for row in rows:
        which = (row.therapist, row.client, row.concern, row.measure)
        if which in seen:
            _wrong(name, row.line, f"the same person, concern and measure as in line {seen[which]}")
        seen[which] = row.line
    if not seen:
        raise HomeportError(f"{name} holds no rows.")


def _wrong(name: str, line: int, why: str) -> Never:
    raise HomeportError(f"{name}, line {line}: {why}.")
