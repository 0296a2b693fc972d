"""From the answers of one relationship to a place on the map, with how sure that is.

Two kinds of reading share one shape. A calibrated instrument gives estimates, a region and the chance of
each area. Our own bank gives two means, their margins and bands, and no chances. Positions on the map run
from -1 to 1 on both axes, with the cut at 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import exp, sqrt
from statistics import NormalDist
from typing import Literal

from homeport.content.instruments import Key
from homeport.psychometrics import Estimate, Style, attachment_profile
from homeport.psychometrics.keys import scale_rule
from homeport.psychometrics.means import MeanReading, mean_reading
from homeport.psychometrics.plane import ellipse
from homeport.psychometrics.scoring import ScaleItem
from homeport.psychometrics.words import Band
from homeport.web.visitor.questions import (
    RULES,
    SCALES,
    AdaptiveForm,
    FixedForm,
    Questionnaire,
    answers_by_id,
)
from homeport.web.visitor.state import Run

Level = Literal["low", "middle", "high"]
CERTAIN = 0.80
REGION = 0.95
THETA_EDGE = 2.75  # standard deviations at the edge of the map: 6 in 1000 people lie beyond it


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension. ``value``, ``se``, ``low`` and ``high`` (95 in 100) in the instrument's units.

    ``position``: on the map. ``level``: which third of the texts. ``touched``: bands that mean +- se
    reaches (own bank). ``percentile``: share of the calibration sample below, 1 to 99, None for the own
    bank.
    """

    scale: str
    value: float
    se: float
    position: float
    level: Level
    touched: tuple[Band, ...]
    percentile: int | None
    answered: int

    @property
    def low(self) -> float:
        """Lower end of the 95 in 100 interval."""
        return self.value - 1.96 * self.se

    @property
    def high(self) -> float:
        """Upper end of the 95 in 100 interval."""
        return self.value + 1.96 * self.se


@dataclass(frozen=True, slots=True)
class Region:
    """The shaded ellipse, in map positions. ``angle``: degrees counter-clockwise from the worry axis."""

    across: float
    up: float
    angle: float
    level: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One relationship read. ``styles``, ``between`` and the percentiles exist for a calibrated instrument
    alone."""

    run: Run
    key: Key
    wording_hash: str
    anxiety: Axis
    avoidance: Axis
    region: Region
    styles: Mapping[Style, float] | None
    between: tuple[Style, Style] | None
    push_pull: bool
    cut: tuple[float, float]

    @property
    def relationship(self) -> str:
        """Whom it is about."""
        return self.run.relationship

    @property
    def calibrated(self) -> bool:
        """Whether chances may be shown."""
        return self.styles is not None

    @property
    def answered(self) -> int:
        """Questions answered in all."""
        return self.anxiety.answered + self.avoidance.answered


@dataclass(frozen=True, slots=True)
class TooFew:
    """Not enough answers for a place on the map. ``missing``: how many more are needed at the least."""

    run: Run
    key: Key
    missing: int

    @property
    def relationship(self) -> str:
        """Whom it is about."""
        return self.run.relationship


@dataclass(frozen=True, slots=True)
class Difference:
    """Two relationships whose places differ by more than their margins allow (all pairs considered)."""

    first: str
    second: str


def read(run: Run, questionnaire: Questionnaire) -> Reading | TooFew:
    """Read one relationship. Raises StateError for answers that do not belong to its questions."""
    if isinstance(questionnaire, AdaptiveForm):
        return _adaptive(run, questionnaire)
    assert isinstance(questionnaire, FixedForm)
    return _fixed(run, questionnaire)


def differences(readings: list[Reading]) -> tuple[Difference, ...]:
    """Pairs from the same questions that differ beyond their margins, most different first.

    Squared distance over both errors, chi-square with 2 degrees of freedom, p times the number of pairs
    under .05.
    """
    pairs = [
        (one, other) for one, other in combinations(readings, 2) if one.key.reference == other.key.reference
    ]
    found = []
    for one, other in pairs:
        distance = sum(
            (first.value - second.value) ** 2 / (first.se**2 + second.se**2)
            for first, second in ((one.anxiety, other.anxiety), (one.avoidance, other.avoidance))
        )
        if len(pairs) * exp(-distance / 2) < 0.05:
            found.append((distance, Difference(one.relationship, other.relationship)))
    return tuple(difference for _, difference in sorted(found, key=lambda pair: -pair[0]))


def _adaptive(run: Run, form: AdaptiveForm) -> Reading | TooFew:
    answers = answers_by_id(form.key, run)
    counts = [sum(answers.get(item) is not None for item in bank.items) for bank in form.banks]
    missing = sum(max(0, RULES.min_items - count) for count in counts)
    if missing:
        return TooFew(run, form.key, missing)
    profile = attachment_profile(answers, *form.banks, level=REGION)
    first, second = _levels(profile.styles, certain=profile.between is None)
    drawn = profile.ellipse
    return Reading(
        run=run,
        key=form.key,
        wording_hash=form.words.hash,
        anxiety=_estimate_axis("anxiety", profile.anxiety, first, counts[0]),
        avoidance=_estimate_axis("avoidance", profile.avoidance, second, counts[1]),
        region=Region(drawn.semi_major / THETA_EDGE, drawn.semi_minor / THETA_EDGE, drawn.angle, drawn.level),
        styles=profile.styles,
        between=profile.between,
        push_pull=profile.push_pull.present,
        cut=profile.cut,
    )


def _estimate_axis(scale: str, estimate: Estimate, level: Level, answered: int) -> Axis:
    position = max(-1.0, min(1.0, estimate.theta / THETA_EDGE))
    return Axis(scale, estimate.theta, estimate.se, position, level, (), percentile(estimate.theta), answered)


def _levels(styles: Mapping[Style, float], *, certain: bool) -> tuple[Level, Level]:
    """Which third each axis is in. "Between" never gets the words of a corner: the less sure axis gives way."""
    worry, distance = styles["anxious"] + styles["fearful"], styles["avoidant"] + styles["fearful"]
    first, second = _level(worry), _level(distance)
    if not certain and "middle" not in {first, second}:
        if abs(worry - 0.5) < abs(distance - 0.5):
            return "middle", second
        return first, "middle"
    return first, second


def _level(raised: float) -> Level:
    return "high" if raised >= CERTAIN else "low" if raised <= 1 - CERTAIN else "middle"


def _fixed(run: Run, form: FixedForm) -> Reading | TooFew:
    answers = answers_by_id(form.key, run)
    asked = {form.key.items[number - 1].id for number in form.order}
    items = {
        scale: [item for item in scale_rule(form.key, scale).items if item.id in asked] for scale in SCALES
    }
    needed = {scale: form.key.scale(scale).missing.at_least for scale in SCALES}
    given = {scale: sum(answers.get(item.id) is not None for item in items[scale]) for scale in SCALES}
    missing = sum(max(0, needed[scale] - given[scale]) for scale in SCALES)
    if missing:
        return TooFew(run, form.key, missing)
    means = {
        scale: mean_reading(items[scale], answers, least=needed[scale] / len(items[scale]))
        for scale in SCALES
    }
    first, second = (_mean_axis(form.key, scale, means[scale]) for scale in SCALES)
    half = (means["anxiety"].high - means["anxiety"].low) / 2
    drawn = ellipse(
        Estimate(first.value / half, first.se / half),
        Estimate(second.value / half, second.se / half),
        0.0,
        REGION,
    )
    cut = (_middle(means["anxiety"]), _middle(means["avoidance"]))
    raised = all(axis.value - axis.se > line for axis, line in zip((first, second), cut, strict=True))
    torn = any(_contradicts(items[scale], answers) for scale in SCALES)
    return Reading(
        run=run,
        key=form.key,
        wording_hash=form.words.hash,
        anxiety=first,
        avoidance=second,
        region=Region(drawn.semi_major, drawn.semi_minor, drawn.angle, drawn.level),
        styles=None,
        between=None,
        push_pull=raised and torn,
        cut=cut,
    )


def _mean_axis(key: Key, scale: str, reading: MeanReading) -> Axis:
    band = key.scale(scale).bands[0].band(reading.mean).id
    level: Level = "low" if band == "low" else "high" if band == "high" else "middle"
    position = (reading.mean - _middle(reading)) / ((reading.high - reading.low) / 2)
    return Axis(scale, reading.mean, reading.se, position, level, reading.bands, None, reading.answered)


def _middle(reading: MeanReading) -> float:
    return (reading.low + reading.high) / 2


def _contradicts(items: list[ScaleItem], answers: Mapping[str, float | None]) -> bool:
    """Questions worded one way pull against those worded the other, beyond what their own spread allows."""
    sides = []
    for backward in (False, True):
        side = [(item, answers.get(item.id)) for item in items if item.reversed is backward]
        sides.append([item.keyed(raw) for item, raw in side if raw is not None])
    if min(map(len, sides)) < 2:
        return False
    means = [sum(side) / len(side) for side in sides]
    errors = [
        max(sum((value - mean) ** 2 for value in side) / (len(side) - 1), 1 / 12) / len(side)
        for side, mean in zip(sides, means, strict=True)
    ]
    # Two looks, one a scale: 2.24 instead of 1.96 (Bonferroni), as in the calibrated reading.
    return abs(means[0] - means[1]) / sqrt(sum(errors)) > 2.24


def percentile(theta: float) -> int:
    """How many in 100 people of the calibration sample lie below, 1 to 99 (theta is standard normal there)."""
    return min(99, max(1, round(100 * NormalDist().cdf(theta))))
