"""Scoring a batch of rows on every scale of a key: means and sums, estimates where there are parameters, outcomes."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from homeport.content.instruments import Scale
from homeport.psychometrics.estimation import eap_many
from homeport.psychometrics.files.cells import EMPTY, Codes
from homeport.psychometrics.files.layout import Layout
from homeport.psychometrics.files.moments import RunningMean, RunningReliability
from homeport.psychometrics.graded import FloatArray
from homeport.psychometrics.keys import item_bank, scale_rule
from homeport.psychometrics.recodes import ALGORITHMS, RECODES
from homeport.psychometrics.scoring import ScaleRule, score_many

DECIMALS = 6  # of what is written: far below any standard error, and half the size of all digits


class Column(NamedTuple):
    """One column to write: numbers with NaN for nothing, whole numbers, or words."""

    name: str
    values: FloatArray | NDArray[np.int64] | list[str | None]


class ScaleScorer:
    """One scale. It keeps the running figures of everyone scored."""

    def __init__(self, layout: Layout, scale: Scale) -> None:
        self.scale, self.name = scale, scale.id.replace("-", "_")
        self.rule = scale_rule(layout.key, scale.id, layout.format)
        self.bank = item_bank(layout.key, scale.id, layout.format)
        # A question that the file does not hold (another short form) is read from the row of gaps after the last.
        row = {item: place for place, item in enumerate(layout.items)}
        gap = len(layout.items)
        self._rows = np.array([row.get(item.id, gap) for item in self.rule.items])
        self._bank_rows = np.array([row.get(item, gap) for item in self.bank.items] if self.bank else [], int)
        self._present = self._rows < gap
        self.reliability = RunningReliability(int(self._present.sum()))
        self.scores, self.error_variance = RunningMean(), RunningMean()

    @property
    def score_name(self) -> str:
        """``anxiety_mean``, ``total_sum``, or ``wellbeing_score`` where it is neither alone."""
        plain = self.scale.method in {"mean", "sum"} and self.scale.multiplier == 1.0
        return f"{self.name}_{self.scale.method if plain else 'score'}"

    @property
    def score_names(self) -> list[str]:
        """The names of the columns that :meth:`score` gives."""
        names = [self.score_name, f"{self.name}_answered"]
        return names + ([f"{self.name}_eap", f"{self.name}_se"] if self.bank else [])

    def score(self, codes: Codes) -> tuple[list[Column], NDArray[np.bool_]]:
        """The columns of some rows, and which of the rows have a score. codes: (items + 1, rows), the last all EMPTY."""
        part = codes[self._rows].T
        score_rows = score_recoded if self.rule.method in RECODES else score_many
        scores, answered = score_rows(self.rule, part)
        scored = ~np.isnan(scores)
        self.scores.add(scores)
        self._add_reliability(part.T)
        columns = [Column(self.score_name, scores), Column(f"{self.name}_answered", answered)]
        if self.bank is not None:
            found = eap_many(self.bank, self.bank.keyed_many(codes[self._bank_rows].T))
            told = found.answered > 0
            columns.append(Column(f"{self.name}_eap", np.where(told, found.theta, np.nan)))
            columns.append(Column(f"{self.name}_se", np.where(told, found.se, np.nan)))
            self.error_variance.add(np.where(scored, found.se**2, np.nan))
        return columns, scored

    def _add_reliability(self, part: Codes) -> None:
        items = [item for item, here in zip(self.rule.items, self._present, strict=True) if here]
        here = part[self._present]
        low, high = (
            np.array([[getattr(item, end)] for item in items], dtype=np.int16) for end in ("low", "high")
        )
        backward = np.array([[item.reversed] for item in items])
        told = (here >= low) & (here <= high)
        keyed = np.where(told, np.where(backward, low + high - here, here), 0).astype(np.float64)
        self.reliability.add(keyed, told)


class Scorer:
    """Every scale and every outcome of a key."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.scales = [ScaleScorer(layout, scale) for scale in layout.key.scales]
        self.scored = 0
        row = {item: place for place, item in enumerate(layout.items)}
        self._outcome_rows = [row.get(item.id, len(row)) for item in layout.key.items if item.scales]

    @property
    def names(self) -> list[str]:
        """The names of all columns that :meth:`score` gives."""
        names = [name for scale in self.scales for name in scale.score_names]
        return names + [f"outcome_{each.name}" for each in self.layout.key.algorithms]

    def score(self, codes: Codes, valid: NDArray[np.bool_]) -> list[Column]:
        """The columns of a batch. codes, valid: (items, rows)."""
        gaps = np.full((1, codes.shape[1]), EMPTY, dtype=np.int16)
        padded = np.concatenate([codes, gaps])
        columns: list[Column] = []
        scored = np.ones(codes.shape[1], dtype=bool)
        for scale in self.scales:
            found, here = scale.score(padded)
            columns += found
            scored &= here
        self.scored += int(scored.sum())
        return columns + list(self._outcomes(padded, valid))

    def _outcomes(self, codes: Codes, valid: NDArray[np.bool_]) -> Iterator[Column]:
        if not self.layout.key.algorithms:
            return
        padded = np.concatenate([valid, np.zeros((1, codes.shape[1]), dtype=bool)])
        whole = padded[self._outcome_rows].sum(axis=0) == len(self._outcome_rows)
        people = codes[self._outcome_rows].T.tolist()
        for algorithm in self.layout.key.algorithms:
            decide = ALGORITHMS[algorithm.name]
            words = [decide(row) if told else None for row, told in zip(people, whole.tolist(), strict=True)]
            yield Column(f"outcome_{algorithm.name}", words)


def score_recoded(rule: ScaleRule, answers: NDArray[np.int16]) -> tuple[FloatArray, NDArray[np.int64]]:
    """As :func:`homeport.psychometrics.scoring.score_many`, for a rule that recodes each answer first.

    Every possible answer is recoded once, then looked up.
    """
    low, high = min(item.low for item in rule.items), max(item.high for item in rule.items)
    table = np.full((len(rule.items), high - low + 1), np.nan)
    for place, item in enumerate(rule.items):
        for raw in range(item.low, item.high + 1):
            table[place, raw - low] = RECODES[rule.method](item.id, raw, reverse=item.reversed)
    inside = (answers >= low) & (answers <= high)
    recoded = np.where(inside, table[np.arange(len(rule.items)), np.where(inside, answers - low, 0)], np.nan)
    told = ~np.isnan(recoded)
    answered = told.sum(axis=1)
    enough = answered >= rule.missing.least(len(rule.items))
    for place, item in enumerate(rule.items):
        if item.id in rule.missing.required:
            enough &= told[:, place]
    scores = np.full(len(answers), np.nan)
    np.divide(rule.multiplier * np.nansum(recoded, axis=1), answered, out=scores, where=enough)
    return scores, answered
