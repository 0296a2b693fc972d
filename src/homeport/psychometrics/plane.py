"""The plane of anxiety and avoidance: how chance is spread over it, its areas and its regions."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from homeport.core.errors import HomeportError
from homeport.psychometrics.graded import Estimate, FloatArray
from homeport.psychometrics.words import CERTAIN, Style

STYLES: tuple[Style, ...] = ("secure", "anxious", "avoidant", "fearful")


@dataclass(frozen=True)
class Ellipse:
    """A region that holds the person with chance ``level``, in the units of the scales.

    centre: (anxiety, avoidance). semi_major, semi_minor: half axes. angle: of the major axis, degrees
    counter-clockwise from the anxiety axis, above -90 and at most 90.
    """

    centre: tuple[float, float]
    semi_major: float
    semi_minor: float
    angle: float
    level: float


def ellipse(anxiety: Estimate, avoidance: Estimate, correlation: float, level: float = 0.95) -> Ellipse:
    """The region of a bivariate normal with these means, standard errors and correlation.

    Half axes are sqrt(eigenvalue x q), q = -2 ln(1 - level): the chi-square quantile, 2 degrees of freedom.
    Raises HomeportError for a level outside 0 to 1.
    """
    if not 0.0 < level < 1.0:
        raise HomeportError("The level of an uncertainty region lies between 0 and 1.")
    across = correlation * anxiety.se * avoidance.se
    covariance = np.array([[anxiety.se**2, across], [across, avoidance.se**2]])
    sizes, directions = np.linalg.eigh(covariance)
    reach = -2.0 * math.log1p(-level)
    angle = math.degrees(math.atan2(directions[1, 1], directions[0, 1]))
    angle = angle - 180.0 if angle > 90.0 else angle + 180.0 if angle <= -90.0 else angle
    return Ellipse(
        centre=(anxiety.theta, avoidance.theta),
        semi_major=math.sqrt(float(sizes[1]) * reach),
        semi_minor=math.sqrt(max(float(sizes[0]), 0.0) * reach),
        angle=angle,
        level=level,
    )


def area_masses(mass: FloatArray, nodes: FloatArray, cut: tuple[float, float]) -> dict[Style, float]:
    """The chance of each area from mass on an even grid, (anxiety nodes, avoidance nodes), summing to 1."""
    step = float(nodes[1] - nodes[0])
    # Each node stands for a cell as wide as the step: a cut through a cell shares its mass.
    above = [np.clip((nodes + step / 2 - line) / step, 0.0, 1.0) for line in cut]
    both = float(above[0] @ mass @ above[1])
    anxious = float(above[0] @ mass.sum(axis=1)) - both
    avoidant = float(mass.sum(axis=0) @ above[1]) - both
    parts = (1.0 - anxious - avoidant - both, anxious, avoidant, both)
    return {style: min(max(part, 0.0), 1.0) for style, part in zip(STYLES, parts, strict=True)}


def normal_styles(
    anxiety: Estimate, avoidance: Estimate, cut: tuple[float, float], correlation: float = 0.0
) -> dict[Style, float]:
    """The chance of each area when errors are normal: for scores that come as a mean and a standard error.

    anxiety, avoidance: in any units, with ``cut`` in the same. correlation: of the two errors. Without
    it the chances are products of Phi((score - cut) / SE). Raises HomeportError for a standard error that is
    not above zero.
    """
    if not (anxiety.se > 0.0 and avoidance.se > 0.0 and -1.0 < correlation < 1.0):
        raise HomeportError("Chances need standard errors above zero and a correlation between -1 and 1.")
    first = (anxiety.theta - cut[0]) / anxiety.se
    second = (avoidance.theta - cut[1]) / avoidance.se
    high_anxiety, high_avoidance = NormalDist().cdf(first), NormalDist().cdf(second)
    both = bivariate_normal(first, second, correlation)
    parts = (
        1.0 - high_anxiety - high_avoidance + both,
        high_anxiety - both,
        high_avoidance - both,
        both,
    )
    return {style: min(max(part, 0.0), 1.0) for style, part in zip(STYLES, parts, strict=True)}


def bivariate_normal(first: float, second: float, correlation: float) -> float:
    """P(X <= first, Y <= second) for standard normals with this correlation, to about 1e-9.

    Plackett's identity, integrated by Gauss-Legendre over the angle arcsin(correlation):
    Drezner & Wesolowsky (1990). doi:10.1080/00949659008811236
    """
    product = NormalDist().cdf(first) * NormalDist().cdf(second)
    if not correlation:
        return product
    points, weights = np.polynomial.legendre.leggauss(48)
    half = math.asin(correlation) / 2.0
    angle = half * (points + 1.0)
    exponent = -(first**2 + second**2 - 2.0 * first * second * np.sin(angle)) / (2.0 * np.cos(angle) ** 2)
    return product + half * float(weights @ np.exp(exponent)) / (2.0 * math.pi)


def between(styles: Mapping[Style, float]) -> tuple[Style, Style] | None:
    """The two likeliest areas, likeliest first, when none holds .80; None otherwise."""
    first, second = sorted(styles, key=lambda style: -styles[style])[:2]
    return None if styles[first] >= CERTAIN else (first, second)
