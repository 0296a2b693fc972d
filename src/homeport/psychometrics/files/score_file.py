"""Scoring a file: one row of scores for each row of answers, read and written in batches."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from homeport.content.instruments import Key
from homeport.core.errors import HomeportError
from homeport.psychometrics.files.layout import Layout, Wishes, check_still_fits, lay_out
from homeport.psychometrics.files.opening import open_answers
from homeport.psychometrics.files.replacing import check_apart, replacing
from homeport.psychometrics.files.scorers import Column, ScaleScorer, Scorer
from homeport.psychometrics.files.sinks import as_array, check_kind, open_sink
from homeport.psychometrics.files.tally import Tally

Watch = Callable[[float, int], None]  # share of the file, rows so far
MANY_ANSWERS = 1_000  # among so many, an answer that nobody gave was hardly on offer
LOW_ALPHA = 0.5  # below this the questions hardly belong together, which one key and its file should not show


@dataclass(frozen=True)
class ScaleFigures:
    """One scale over the whole file. sem: SD sqrt(1 - alpha), in the units of the score.

    precision: mean reliability of the estimates, 1 - mean(SE^2), where theta has variance 1. None: not to be had.
    """

    scored: int
    mean: float | None
    sd: float | None
    alpha: float | None
    omega: float | None
    sem: float | None
    precision: float | None
    calibration: str


@dataclass(frozen=True)
class ScoredFile:
    """What was scored, and what stood in the way. scored: rows with a score on every scale."""

    layout: Layout
    tally: Tally
    scored: int
    scales: dict[str, ScaleFigures]
    columns: tuple[str, ...]
    notes: tuple[str, ...]


def score_file(
    key: Key,
    source: Path,
    out: Path,
    wishes: Wishes | None = None,
    *,
    listed: int = 20,
    watch: Watch | None = None,
) -> ScoredFile:
    """Score every row of ``source`` (CSV or Parquet) into ``out`` (by its ending), in constant memory.

    Row n of ``out`` is row n of ``source``; a cell is empty where there is no score. A score follows the key's rule
    for missing answers; an estimate is given from the first answer on, with the standard error that it then has.
    listed: rows with gaps that are named; all are counted. Raises HomeportError for a file or a wish that does not
    fit: ``out`` is then as it was before.
    """
    check_kind(out)
    with closing(open_answers(source)) as table:
        check_apart(source, out)
        layout, batches = lay_out(key, table, wishes or Wishes())
        scorer, tally = Scorer(layout), Tally(layout, listed)
        kept = [table.names[column] for column in layout.keep]
        names = ("row", *kept, *scorer.names)
        if len(set(names)) < len(names):
            raise HomeportError("A column to keep has the name of a column of scores: rename it first.")
        with replacing(out) as draft, closing(open_sink(draft, out, names)) as sink:
            for batch in batches:
                if not batch.rows:
                    continue
                numbers = np.arange(tally.rows + 1, tally.rows + batch.rows + 1)
                scores = scorer.score(*tally.take(batch))
                sink.write([as_array(Column("row", numbers)), *batch.texts, *map(as_array, scores)])
                if watch is not None:
                    watch(table.share, tally.rows)
            check_still_fits(layout, tally.answers)
    figures = {scale.scale.id: _figures(layout, scale) for scale in scorer.scales}
    notes = (*layout.notes, *_unused(tally), *_doubts(figures, tally))
    return ScoredFile(layout, tally, scorer.scored, figures, names, notes)


def _figures(layout: Layout, scale: ScaleScorer) -> ScaleFigures:
    alpha, sd = scale.reliability.alpha, scale.scores.sd
    errors = scale.error_variance
    found = layout.key.calibration(scale.scale.id, layout.format) if scale.bank else None
    return ScaleFigures(
        scored=scale.scores.count,
        mean=scale.scores.mean if scale.scores.count else None,
        sd=sd,
        alpha=alpha,
        omega=scale.reliability.omega,
        sem=sd * float(np.sqrt(1.0 - alpha)) if sd is not None and alpha is not None and alpha >= 0 else None,
        precision=1.0 - errors.mean if errors.count else None,
        calibration=found.label if found else "",
    )


def _unused(tally: Tally) -> list[str]:
    """Answers that nobody gave: a sign that the form had others than the key says."""
    layout = tally.layout
    scale = layout.key.answer_scales[layout.format]
    never = [str(value) for value in scale.values if not tally.answers[value]]
    total = int(tally.answers[scale.minimum : scale.maximum + 1].sum())
    if not never or total < MANY_ANSWERS:
        return []
    return [
        f"Nobody answered {' or '.join(never)} among {total:,} answers from {scale.minimum} to {scale.maximum}: "
        "did the form have these?"
    ]


def _doubts(figures: dict[str, ScaleFigures], tally: Tally) -> list[str]:
    said = []
    for scale, each in figures.items():
        if each.alpha is not None and each.alpha < LOW_ALPHA and tally.complete >= 200:
            said.append(
                f"Alpha of {scale} is {each.alpha:.2f}: are the columns in the order of the key, and reversed "
                "questions as they were answered?"
            )
    return said
