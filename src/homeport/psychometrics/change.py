"""Has this person changed? Reliable change, clinically significant change, and change between two adaptive scores.

Jacobson, N. S., & Truax, P. (1991). Clinical significance: A statistical approach to defining meaningful change in
psychotherapy research. Journal of Consulting and Clinical Psychology, 59, 12-19. doi:10.1037/0022-006X.59.1.12
"""

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple

from homeport.core.errors import HomeportError
from homeport.psychometrics.graded import Estimate
from homeport.psychometrics.norms import Z95, standard_error

Z90 = 1.645
Direction = Literal["lower-is-better", "higher-is-better"]
Reliable = Literal["improved", "unchanged", "deteriorated"]
Outcome = Literal["recovered", "improved", "non-reliably recovered", "unchanged", "deteriorated"]


@dataclass(frozen=True)
class ChangeThreshold:
    """How much a difference between two scores must be to be more than noise, in the units of the score.

    sd: of the clinical or normative sample (say which). r: reliability, best over an interval without change.
    integer: the scale moves in whole points. z: 1.96 for 95 %, 1.645 for 90 %.
    """

    sd: float
    r: float
    integer: bool = False
    z: float = Z95

    @property
    def sem(self) -> float:
        """SD sqrt(1 - r)."""
        return standard_error(self.sd, self.r)

    @property
    def s_diff(self) -> float:
        """sqrt(2) SEM, the standard error of a difference."""
        return math.sqrt(2.0) * self.sem

    @property
    def rci(self) -> float:
        """z Sdiff: the reliable change index."""
        return self.z * self.s_diff

    @property
    def needed(self) -> float:
        """The least difference that counts: on a whole-point scale the RCI rounded up, so that reaching it and
        exceeding the RCI are the same thing."""
        return float(math.ceil(self.rci - 1e-9)) if self.integer else self.rci


class Change(NamedTuple):
    """difference: after minus before. statistic: difference / its standard error. reading: in the person's terms."""

    difference: float
    statistic: float
    reading: Reliable


def reliable_change(
    before: float,
    after: float,
    threshold: ChangeThreshold,
    *,
    direction: Direction = "lower-is-better",
) -> Change:
    """RC = (after - before) / Sdiff, and whether that is more than noise.

    Raises HomeportError for a reliability of 1 (no noise to compare with) or scores that are no numbers.
    """
    if not (math.isfinite(before) and math.isfinite(after)):
        raise HomeportError("Change needs two scores.")
    if threshold.s_diff <= 0.0:
        raise HomeportError("Change needs a reliability below 1.")
    difference = after - before
    beyond = abs(difference) >= threshold.needed if threshold.integer else abs(difference) > threshold.rci
    return Change(difference, difference / threshold.s_diff, _reading(difference, beyond, direction))


def adaptive_change(
    before: Estimate, after: Estimate, *, direction: Direction = "lower-is-better", z: float = Z95
) -> Change:
    """Change between two adaptive scores, each with its own error: difference / sqrt(SE1^2 + SE2^2).

    Raises HomeportError for standard errors that are not above zero.
    """
    if not (before.se > 0.0 and after.se > 0.0):
        raise HomeportError("Change needs standard errors above zero.")
    difference = after.theta - before.theta
    statistic = difference / difference_se(before.se, after.se)
    return Change(difference, statistic, _reading(difference, abs(statistic) > z, direction))


def difference_se(first: float, second: float) -> float:
    """sqrt(SE1^2 + SE2^2), in the units of the scale."""
    return math.hypot(first, second)


def adaptive_rci(first: float, second: float, *, z: float = Z95) -> float:
    """The least difference between two adaptive scores with these standard errors that is more than noise."""
    return z * difference_se(first, second)


class Cutoffs(NamedTuple):
    """a: two SD from the clinical mean, towards health. b: two SD from the healthy mean, towards illness.
    c: equally far from both, in SD of each; the one to use where both are known and overlap."""

    a: float
    b: float
    c: float


def cutoffs(
    clinical_mean: float,
    clinical_sd: float,
    healthy_mean: float,
    healthy_sd: float,
    *,
    direction: Direction = "lower-is-better",
) -> Cutoffs:
    """Jacobson and Truax's three cut-offs, in the units of the score."""
    if not (clinical_sd > 0.0 and healthy_sd > 0.0):
        raise HomeportError("Cut-offs need standard deviations above zero.")
    health = -1.0 if direction == "lower-is-better" else 1.0
    c = (clinical_sd * healthy_mean + healthy_sd * clinical_mean) / (clinical_sd + healthy_sd)
    return Cutoffs(clinical_mean + health * 2.0 * clinical_sd, healthy_mean - health * 2.0 * healthy_sd, c)


def classify(
    before: float,
    after: float,
    threshold: ChangeThreshold,
    cut: float,
    *,
    direction: Direction = "lower-is-better",
    cut_is_clinical: bool = False,
) -> Outcome:
    """One of five classes. Crossing is from the clinical side of the cut-off to the healthy one.

    cut_is_clinical: a score at the cut still belongs to the clinical side (caseness "at least 10"). Whoever began
    on the healthy side can only be improved, unchanged or deteriorated.
    """
    reading = reliable_change(before, after, threshold, direction=direction).reading
    crossed = not _healthy(before, cut, direction, cut_is_clinical) and _healthy(
        after, cut, direction, cut_is_clinical
    )
    if reading == "improved":
        return "recovered" if crossed else "improved"
    if reading == "deteriorated":
        return "deteriorated"
    return "non-reliably recovered" if crossed else "unchanged"


def _healthy(score: float, cut: float, direction: Direction, cut_is_clinical: bool) -> bool:
    if score == cut:
        return not cut_is_clinical
    return score < cut if direction == "lower-is-better" else score > cut


def _reading(difference: float, beyond: bool, direction: Direction) -> Reliable:
    if not beyond:
        return "unchanged"
    return "improved" if (difference < 0) == (direction == "lower-is-better") else "deteriorated"
