"""Effect sizes of groups, with the small-sample correction."""

import math
from statistics import NormalDist
from typing import NamedTuple

from homeport.core.errors import HomeportError
from homeport.psychometrics.norms import Z95


def small_sample(df: float) -> float:
    """Hedges' J = 1 - 3 / (4 df - 1), which turns d into g. doi:10.3102/10769986006002107"""
    if df <= 1.0:
        raise HomeportError("The small-sample correction needs more than one degree of freedom.")
    return 1.0 - 3.0 / (4.0 * df - 1.0)


def pre_post(mean_before: float, mean_after: float, sd_before: float) -> float:
    """d = (before - after) / SD before: above zero when scores fell."""
    if not sd_before > 0.0:
        raise HomeportError("An effect size needs a standard deviation above zero.")
    return (mean_before - mean_after) / sd_before


class GroupDifference(NamedTuple):
    """Two groups: pooled SD, d = (second - first) / SD, g, the standard error of d and its 95 % interval."""

    pooled_sd: float
    d: float
    g: float
    se: float
    low: float
    high: float


def between_groups(first: tuple[float, float, int], second: tuple[float, float, int]) -> GroupDifference:
    """Compare two groups, each (mean, SD, n). Raises HomeportError for groups of fewer than two."""
    (mean1, sd1, n1), (mean2, sd2, n2) = first, second
    if min(n1, n2) < 2 or not (sd1 > 0.0 and sd2 > 0.0):
        raise HomeportError("Comparing groups needs two people in each and standard deviations above zero.")
    pooled = math.sqrt(((n1 - 1) * sd1**2 + (n2 - 1) * sd2**2) / (n1 + n2 - 2))
    d = (mean2 - mean1) / pooled
    se = math.sqrt((n1 + n2) / (n1 * n2) + d**2 / (2 * (n1 + n2)))
    return GroupDifference(pooled, d, d * small_sample(n1 + n2 - 2), se, d - Z95 * se, d + Z95 * se)


def r_to_d(r: float) -> float:
    """d = 2 r / sqrt(1 - r^2). Raises HomeportError unless r lies between -1 and 1."""
    if not -1.0 < r < 1.0:
        raise HomeportError("A correlation lies between -1 and 1.")
    return 2.0 * r / math.sqrt(1.0 - r * r)


def success_rate_difference(d: float) -> float:
    """2 Phi(d / sqrt 2) - 1: how much likelier someone of the one group is to do better than one of the other."""
    return 2.0 * NormalDist().cdf(d / math.sqrt(2.0)) - 1.0
