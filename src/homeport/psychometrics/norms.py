"""Reading a score against others and against its own error."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

from homeport.core.errors import HomeportError

Z95 = 1.96


def standard_error(sd: float, reliability: float) -> float:
    """SEM = SD sqrt(1 - r): the standard error of one observed score, in its own units.

    sd: of the sample that the reliability is from (say which). Raises HomeportError for figures that are none.
    """
    if not sd > 0.0 or not 0.0 <= reliability <= 1.0:
        raise HomeportError(
            "A standard error needs a standard deviation above zero and a reliability of 0 to 1."
        )
    return sd * math.sqrt(1.0 - reliability)


class TrueScore(NamedTuple):
    """An estimated true score with its standard error and 95 % interval, in the units of the score."""

    value: float
    se: float
    low: float
    high: float


def true_score(score: float, mean: float, sd: float, reliability: float) -> TrueScore:
    """Kelley's estimate: r x + (1 - r) M, with SE = SD sqrt(r (1 - r)).

    It draws an extreme score towards the mean of the group it is from. Kelley, T. L. (1923). Statistical method.
    """
    standard_error(sd, reliability)
    value = reliability * score + (1.0 - reliability) * mean
    se = sd * math.sqrt(reliability * (1.0 - reliability))
    return TrueScore(value, se, value - Z95 * se, value + Z95 * se)


@dataclass(frozen=True)
class Norm:
    """A sample to read scores against: mean, sd, and percentiles (percentile -> score) where they are known."""

    mean: float
    sd: float
    percentiles: Mapping[float, float] | None = None

    def z(self, score: float) -> float:
        """Standard deviations from the mean."""
        return (score - self.mean) / self.sd

    def t(self, score: float) -> float:
        """T score: the sample has mean 50 and standard deviation 10."""
        return 50.0 + 10.0 * self.z(score)

    def percentile(self, score: float) -> float:
        """Share of the sample at or below, 0 to 100: from the table where there is one, else as if normal."""
        if self.percentiles:
            return table_percentile(score, self.percentiles)
        return normal_percentile(score, self.mean, self.sd)


def normal_percentile(score: float, mean: float, sd: float) -> float:
    """100 Phi((x - M) / SD), 0 to 100. Raises HomeportError for a standard deviation that is not above zero."""
    if not sd > 0.0:
        raise HomeportError("A percentile needs a standard deviation above zero.")
    return 100.0 * NormalDist(mean, sd).cdf(score)


def table_percentile(score: float, percentiles: Mapping[float, float]) -> float:
    """The percentile by straight lines between the rows of a table; beyond its ends, the end itself.

    percentiles: percentile (0 to 100) -> score, both rising. A score that several percentiles share gets their
    middle. Raises HomeportError for a table that does not rise.
    """
    ranks = sorted(percentiles)
    scores = [percentiles[rank] for rank in ranks]
    if not ranks or ranks[0] < 0 or ranks[-1] > 100 or scores != sorted(scores):
        raise HomeportError("A table of percentiles must rise from low scores to high.")
    first, last = bisect_left(scores, score), bisect_right(scores, score)
    if first < last:
        return (ranks[first] + ranks[last - 1]) / 2.0
    if first in {0, len(scores)}:
        return float(ranks[0] if first == 0 else ranks[-1])
    share = (score - scores[first - 1]) / (scores[first] - scores[first - 1])
    return ranks[first - 1] + share * (ranks[first] - ranks[first - 1])
