"""How one file is to be understood: which column is which question, and between which numbers its answers lie."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from homeport.content.instruments import Key
from homeport.core.errors import HomeportError
from homeport.psychometrics.files.cells import Codes, understand
from homeport.psychometrics.files.columns import Columns, find_columns
from homeport.psychometrics.files.formats import asked_format, settle_format
from homeport.psychometrics.files.moments import RunningReliability
from homeport.psychometrics.files.source import Batch, Source
from homeport.psychometrics.keys import scale_rule

LOOKED_AT = 5_000  # rows from which the format and the order are concluded, before the first is scored
LEAST_PEOPLE = 100  # complete rows that tell one order of questions from another
CLEARLY = 0.1  # by so much alpha must be higher in the right order
HIGHEST = 20  # answers are counted from 0 to here: far above any scale's highest


@dataclass(frozen=True)
class Wishes:
    """What the person said about the file; "" and () where they said nothing. keep: columns to copy along."""

    format: str = ""
    order: str = ""
    keep: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """items: ids, one for each answer column in turn. low, high: the ends of each item's answers, (items,).

    counted: items that take the form's own answers, and so speak for the format. notes: what was concluded, in
    sentences. settled: the format was concluded from the answers.
    """

    key: Key
    format: str
    items: tuple[str, ...]
    columns: tuple[int, ...]
    low: NDArray[np.int16]
    high: NDArray[np.int16]
    counted: NDArray[np.bool_]
    notes: tuple[str, ...] = ()
    settled: bool = False
    order: str = ""
    keep: tuple[int, ...] = field(default=())

    def valid(self, codes: Codes) -> NDArray[np.bool_]:
        """Which codes are answers, (items, rows)."""
        return (codes >= self.low[:, None]) & (codes <= self.high[:, None])


def lay_out(key: Key, source: Source, wishes: Wishes) -> tuple[Layout, Iterator[Batch]]:
    """The layout of a file, and all its batches: the first ones are looked at and given back.

    Raises HomeportError: no rows, columns that do not fit, or a format or order that nobody named and the answers
    cannot tell.
    """
    found = find_columns(key, source.names, wishes.order)
    keep = tuple(_kept(source.names, wishes.keep))
    batches = source.batches(found.columns, keep)
    first = list(_opening(batches))
    if not first:
        raise HomeportError("The file has names of columns and no rows.")
    codes = np.concatenate([read_codes(batch) for batch in first], axis=1)
    notes = [note for note in (source.note, found.note) if note]
    settled = not wishes.format and len(key.formats) > 1
    name = asked_format(key, wishes.format) if wishes.format else ""
    if not name:
        some = next(iter(found.orders.values()))
        name, said = _settled(key, codes, [key.item(item).answers is None for item in some])
        notes += [said] if said else []
    order, said = _order(key, name, found, codes)
    notes += [said] if said else []
    items = found.orders[order]
    answers = [key.answers_for(item, name) for item in items]
    layout = Layout(
        key=key,
        format=name,
        items=items,
        columns=found.columns,
        low=np.array([scale.minimum for scale in answers], dtype=np.int16),
        high=np.array([scale.maximum for scale in answers], dtype=np.int16),
        counted=np.array([key.item(item).answers is None for item in items]),
        notes=tuple(notes),
        settled=settled,
        order=order,
        keep=keep,
    )
    return layout, chain(first, batches)


def read_codes(batch: Batch) -> Codes:
    """The answers of a batch as codes, (items, rows)."""
    return np.stack([understand(array).codes for array in batch.answers])


def count_answers(codes: Codes, counted: NDArray[np.bool_] | Sequence[bool]) -> NDArray[np.int64]:
    """How often each number from 0 to ``HIGHEST`` stands among the items that speak for the format."""
    told = codes[np.asarray(counted)]
    return np.bincount(told[(told >= 0) & (told <= HIGHEST)], minlength=HIGHEST + 1)


def check_still_fits(layout: Layout, counts: NDArray[np.int64]) -> None:
    """After the last row: what was concluded from the first rows must hold for all. Raises HomeportError."""
    if layout.settled and settle_format(layout.key, as_counts(counts)).name != layout.format:
        raise HomeportError(
            f"The first rows were answered in the format {layout.format!r}, later ones not: say --format, "
            "or score the two parts apart."
        )


def as_counts(counts: NDArray[np.int64]) -> Mapping[int, int]:
    """``{answer: how often}`` of what stands there at all."""
    return {value: int(count) for value, count in enumerate(counts) if count}


def _settled(key: Key, codes: Codes, counted: Sequence[bool]) -> tuple[str, str]:
    settled = settle_format(key, as_counts(count_answers(codes, counted)))
    return settled.name, settled.said


def _opening(batches: Iterable[Batch]) -> Iterator[Batch]:
    rows = 0
    for batch in islice(batches, 1_000):
        if batch.rows:
            yield batch
        rows += batch.rows
        if rows >= LOOKED_AT:
            return


def _kept(names: Sequence[str], keep: Sequence[str]) -> Iterator[int]:
    for name in keep:
        places = [place for place, known in enumerate(names) if known == name] or [
            place for place, known in enumerate(names) if known.casefold() == name.casefold()
        ]
        if len(places) != 1:
            raise HomeportError(f"The file has {'more than one' if places else 'no'} column {name!r}.")
        yield places[0]


def _order(key: Key, name: str, found: Columns, codes: Codes) -> tuple[str, str]:
    """The order of the questions where the columns only have numbers, and the sentence that says so.

    In the wrong order reversed questions are added as they stand, and alpha falls apart: that tells, with enough
    people. Raises HomeportError where it does not.
    """
    if len(found.orders) == 1:
        return next(iter(found.orders)), ""
    alphas = {order: _alpha(key, name, items, codes) for order, items in found.orders.items()}
    ranked = sorted(alphas, key=lambda order: -alphas[order])
    best, second = ranked[:2]
    if alphas[best] - alphas[second] < CLEARLY or alphas[best] < 0.5:
        known = " or ".join(f"--order {order}" for order in found.orders)
        raise HomeportError(
            f"The questions of {key.title} circulate in more than one order and the answers do not tell which: say {known}."
        )
    return best, (
        f"The questions stand in the order {best!r}: so alpha is {alphas[best]:.2f}, in the order {second!r} it would "
        f"be {alphas[second]:.2f}."
    )


def _alpha(key: Key, name: str, items: Sequence[str], codes: Codes) -> float:
    """The mean alpha of the key's scales, complete rows only; -1 where there are too few."""
    row = {item: place for place, item in enumerate(items)}
    found = []
    for scale in key.scales:
        rule = scale_rule(key, scale.id, name)
        part = codes[[row[item.id] for item in rule.items]].astype(np.float64)
        low, high = (np.array([[getattr(item, end)] for item in rule.items]) for end in ("low", "high"))
        part = part[:, ((part >= low) & (part <= high)).all(axis=0)]
        backward = np.array([[item.reversed] for item in rule.items])
        running = RunningReliability(len(part))
        if part.shape[1] >= LEAST_PEOPLE:
            running.add(np.where(backward, low + high - part, part), np.ones(part.shape, dtype=bool))
        found.append(-1.0 if running.alpha is None else running.alpha)
    return float(np.mean(found))
