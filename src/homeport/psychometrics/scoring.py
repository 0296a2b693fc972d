"""Keyed scoring: reversed items, missing answers, means and sums. Never an expression, always a named rule.

Answers are raw (as the person gave them); reversing is ``high + low - answer``. A missing answer is never a zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from homeport.core.errors import HomeportError
from homeport.psychometrics.graded import FloatArray
from homeport.psychometrics.recodes import RECODES

Method = Literal["mean", "sum", "rfq8-certainty", "rfq8-uncertainty"]


@dataclass(frozen=True)
class MissingRule:
    """When there are enough answers for a score.

    at_least: this many answers; share: this share of the items (rounded up, exact to a millionth); with neither,
    every item is needed. required: items that must be answered themselves: they are never filled in.
    """

    at_least: int | None = None
    share: float | None = None
    required: frozenset[str] = frozenset()

    def least(self, items: int) -> int:
        """How many of so many items must be answered; at least one."""
        if self.at_least is not None:
            return max(self.at_least, 1)
        if self.share is not None:
            return max(int(np.ceil(self.share * items - 1e-6)), 1)
        return items


@dataclass(frozen=True)
class ScaleItem:
    """One item of a scale: its id, its lowest and highest raw answer, and whether it counts backwards."""

    id: str
    low: int
    high: int
    reversed: bool = False

    def keyed(self, raw: float) -> float:
        """The answer in the scale's direction, still on low..high. Raises HomeportError when out of range."""
        if not self.low <= raw <= self.high or not float(raw).is_integer():
            raise HomeportError(
                f"Question {self.id} takes a whole number from {self.low} to {self.high}; {raw:g} is none."
            )
        return self.high + self.low - raw if self.reversed else float(raw)


@dataclass(frozen=True)
class ScaleRule:
    """How one score is made: ``multiplier * method(keyed answers)``.

    A mean is that of the answered items. A sum is the mean of the answered items times the number of items,
    so it is prorated wherever the missing rule lets an answer be missing (WHO-5: sum, multiplier 4; CORE-10:
    10 x sum / answered is the prorated sum of its ten items).
    """

    name: str
    items: tuple[ScaleItem, ...]
    method: Method = "mean"
    multiplier: float = 1.0
    missing: MissingRule = field(default_factory=MissingRule)

    def __post_init__(self) -> None:
        """Raises HomeportError for a rule that cannot score."""
        ids = [item.id for item in self.items]
        if not ids or len(set(ids)) != len(ids):
            raise HomeportError(f"The scale {self.name} needs items, each named once.")
        if not self.missing.required <= set(ids):
            raise HomeportError(f"The scale {self.name} requires an item that is not its own.")
        if self.missing.least(len(ids)) > len(ids):
            raise HomeportError(f"The scale {self.name} asks for more answers than it has items.")


@dataclass(frozen=True)
class ScaleScore:
    """value: None where there is no score. answered of ``of`` items. filled: missing answers were made up for
    by the others. why: the reason there is no score, as a sentence; "" when there is one."""

    value: float | None
    answered: int
    of: int
    filled: bool
    why: str


def score(rule: ScaleRule, answers: Mapping[str, float | None]) -> ScaleScore:
    """Score one person on one scale from raw answers by item id (None or absent: missing).

    Answers to items of other scales are passed over. Raises HomeportError for an answer out of range.
    """
    keyed: list[float] = []
    lacking: set[str] = set()
    for item in rule.items:
        raw = answers.get(item.id)
        if raw is None:
            lacking.add(item.id)
        elif rule.method in RECODES:
            item.keyed(raw)  # the range still holds; the recoding does its own reversing
            keyed.append(RECODES[rule.method](item.id, raw, reverse=item.reversed))
        else:
            keyed.append(item.keyed(raw))
    of, answered = len(rule.items), len(keyed)
    if lacking & rule.missing.required:
        why = f"Question {min(lacking & rule.missing.required)} must be answered itself."
        return ScaleScore(None, answered, of, filled=False, why=why)
    least = rule.missing.least(of)
    if answered < least:
        return ScaleScore(
            None, answered, of, filled=False, why=f"Only {answered} of {of} answered; {least} are needed."
        )
    mean = sum(keyed) / answered
    value = rule.multiplier * (mean * of if rule.method == "sum" else mean)
    return ScaleScore(value, answered, of, filled=answered < of, why="")


def score_many(rule: ScaleRule, answers: NDArray[np.generic]) -> tuple[FloatArray, NDArray[np.int64]]:
    """Score many people on one scale.

    answers: raw, (people, items) in the rule's order; NaN or anything outside an item's range is missing (whoever
    reads a file counts and reports those first). Returns scores (people,), NaN where there is none, and the
    number answered (people,). Raises HomeportError for a wrong number of columns or a method that recodes.
    """
    raw = np.asarray(answers)
    if raw.ndim != 2 or raw.shape[1] != len(rule.items):
        raise HomeportError(f"The scale {rule.name} needs {len(rule.items)} columns of answers.")
    if rule.method in RECODES:
        raise HomeportError(f"The scale {rule.name} is scored one person at a time.")
    values = raw.astype(np.float64)
    low = np.array([item.low for item in rule.items], dtype=np.float64)
    high = np.array([item.high for item in rule.items], dtype=np.float64)
    backward = np.array([item.reversed for item in rule.items])
    told = (values >= low) & (values <= high)
    if not np.issubdtype(raw.dtype, np.integer):
        told &= np.floor(values) == values
    # Reversing is high + low - answer: a sign and a constant, so that one product scores everyone.
    sign = np.where(backward, -1.0, 1.0)
    total = np.where(told, values, 0.0) @ sign + told @ np.where(backward, high + low, 0.0)
    answered = told.sum(axis=1)
    enough = answered >= rule.missing.least(len(rule.items))
    for column, item in enumerate(rule.items):
        if item.id in rule.missing.required:
            enough &= told[:, column]
    factor = rule.multiplier * (len(rule.items) if rule.method == "sum" else 1)
    scores = np.full(len(values), np.nan)
    np.divide(factor * total, answered, out=scores, where=enough)
    return scores, answered


def simple_rule(
    name: str,
    items: Sequence[str],
    *,
    low: int,
    high: int,
    reversed_items: Sequence[str] = (),
    method: Method = "mean",
    multiplier: float = 1.0,
    missing: MissingRule | None = None,
) -> ScaleRule:
    """A rule whose items all take the same answers."""
    backward = set(reversed_items)
    if not backward <= set(items):
        raise HomeportError(f"The scale {name} reverses an item that is not its own.")
    parts = tuple(ScaleItem(item, low, high, item in backward) for item in items)
    return ScaleRule(name, parts, method, multiplier, missing or MissingRule())
