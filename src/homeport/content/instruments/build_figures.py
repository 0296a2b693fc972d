"""From checked fields to the figures beside a scale."""

from collections.abc import Callable
from itertools import pairwise
from typing import get_args

from homeport.content.instruments.figures import (
    Band,
    Bands,
    Caseness,
    Change,
    ChangeFormula,
    Comparison,
    Norm,
    Reliability,
)
from homeport.content.instruments.marks import Mark
from homeport.content.instruments.schema import Calibration, ItemParameters
from homeport.content.instruments.strict import Fields


def mark_of(fields: Fields) -> Mark:
    """The mark of a figure: required everywhere, so that nothing unmarked can be shown."""
    return Mark(fields.choice("mark", [mark.value for mark in Mark]))


def build_bands(fields: Fields) -> Bands:
    """Bands of one scale, lowest first, starts ascending."""
    bands = tuple(_band(entry) for entry in fields.each("bands"))
    if len(bands) < 2:
        fields.fail("bands need at least two entries.")
    if any(low.start >= high.start for low, high in pairwise(bands)):
        fields.fail("bands must start lowest first.")
    built = Bands(fields.text("format", ""), bands, fields.text("source"), mark_of(fields))
    fields.done()
    return built


def _band(fields: Fields) -> Band:
    above = fields.optional_number("above")
    start = above if above is not None else fields.number("from")
    band = Band(fields.text("id"), start, above is not None)
    fields.done()
    return band


def build_norm(fields: Fields) -> Norm:
    """A norm; percentiles ascend in both columns."""
    percentiles = fields.mapping("percentiles", {})
    ranks, scores = list(percentiles), list(percentiles.values())
    if not all(isinstance(rank, int) and 0 < rank < 100 for rank in ranks):
        fields.fail("percentiles are whole numbers between 0 and 100.")
    if not all(isinstance(score, (int, float)) for score in scores):
        fields.fail("the score of a percentile must be a number.")
    if ranks != sorted(ranks) or scores != sorted(scores):
        fields.fail("percentiles must ascend.")
    norm = Norm(
        format=fields.text("format", ""),
        sample=fields.text("sample"),
        group=fields.text("group", ""),
        n=fields.optional_integer("n"),
        mean=fields.number("mean"),
        sd=fields.optional_number("sd"),
        per_item=fields.flag("per_item", False),
        percentiles={int(rank): float(score) for rank, score in percentiles.items()},
        source=fields.text("source"),
        mark=mark_of(fields),
    )
    fields.done()
    return norm


def build_reliability(fields: Fields) -> Reliability:
    """A reliability coefficient between 0 and 1."""
    built = Reliability(
        kind=fields.choice("kind", ("alpha", "omega", "retest")),
        value=fields.number("value"),
        high=fields.optional_number("high"),
        sample=fields.text("sample"),
        source=fields.text("source"),
        mark=mark_of(fields),
        format=fields.text("format", ""),
    )
    if not 0 < built.value < 1 or not built.value <= (built.high or built.value) < 1:
        fields.fail("a reliability lies between 0 and 1.")
    fields.done()
    return built


def build_change(fields: Fields) -> Change:
    """A change threshold with the formulas behind or beside it."""
    change = Change(
        kind=fields.choice("kind", ("reliable", "minimal")),
        format=fields.text("format", ""),
        threshold=fields.number("threshold"),
        sample=fields.text("sample", ""),
        source=fields.text("source"),
        mark=mark_of(fields),
        note=fields.text("note", ""),
        formulas=tuple(_formula(entry) for entry in fields.each("formulas", [])),
        end_state=fields.optional_number("end_state"),
    )
    if change.threshold <= 0:
        fields.fail("a change threshold is greater than 0.")
    fields.done()
    return change


def _formula(fields: Fields) -> ChangeFormula:
    formula = ChangeFormula(
        sd=fields.number("sd"),
        r=fields.number("r"),
        r_type=fields.choice("r_type", ("alpha", "retest", "latent-retest")),
        value=fields.number("value"),
        assumed=fields.flag("assumed", False),
        mark=mark_of(fields),
    )
    fields.done()
    return formula


def build_caseness(fields: Fields) -> Caseness:
    """A cut-off with the side that counts."""
    comparisons: tuple[Comparison, ...] = get_args(Comparison)
    given = [name for name in comparisons if fields.has(name)]
    if len(given) != 1:
        fields.fail(f"a cut-off names exactly one of {', '.join(comparisons)}.")
    caseness = Caseness(
        comparison=given[0],
        cut=fields.number(given[0]),
        group=fields.text("group", ""),
        format=fields.text("format", ""),
        source=fields.text("source"),
        mark=mark_of(fields),
        note=fields.text("note", ""),
    )
    fields.done()
    return caseness


def calibration_of(fields: Fields, parameters: Callable[[Fields], ItemParameters]) -> Calibration:
    """What one calibration says of one scale, in a key or in a file beside it; ``parameters`` reads those of one item."""
    calibration = Calibration(
        scale=fields.text("scale"),
        formats=fields.texts("formats"),
        model=fields.choice("model", ("graded",)),
        n=fields.integer("n"),
        sample=fields.text("sample"),
        source=fields.text("source"),
        label=fields.text("label"),
        mark=mark_of(fields),
        provisional=fields.flag("provisional"),
        marginal_reliability=fields.optional_number("marginal_reliability"),
        items=tuple(parameters(entry) for entry in fields.each("items")),
    )
    fields.done()
    return calibration
