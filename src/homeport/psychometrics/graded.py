"""Samejima's graded response model in the logistic metric (D = 1).

    P*_k(theta) = 1 / (1 + exp(-a (theta - b_k))),   P_k = P*_k - P*_(k+1),   P*_0 = 1,   P*_(m+1) = 0

Samejima, F. (1969). Estimation of latent ability using a response pattern of graded scores. Psychometrika
Monograph 17. Parameters published with D = 1.702 must have ``a`` multiplied by 1.702 first.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from homeport.core.errors import HomeportError

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.integer]


class Estimate(NamedTuple):
    """A place on a latent scale (standard-normal units of the calibration sample) and its standard error."""

    theta: float
    se: float

    @property
    def t_score(self) -> float:
        """T = 50 + 10 theta: the calibration sample has mean 50 and standard deviation 10."""
        return 50.0 + 10.0 * self.theta

    @property
    def t_se(self) -> float:
        """The standard error in T points."""
        return 10.0 * self.se

    @property
    def reliability(self) -> float:
        """1 - SE^2, the reliability of this one score where the population variance is 1."""
        return 1.0 - self.se**2


def boundaries(theta: ArrayLike, a: ArrayLike, b: ArrayLike) -> FloatArray:
    """P*: the chance of answering in category k or above, with the fixed ends 1 and 0.

    theta: any shape S. a: (items,). b: (items, thresholds), padded with +inf where an item has fewer.
    Returns S + (items, thresholds + 2).
    """
    theta_, a_, b_ = np.asarray(theta, float), np.asarray(a, float), np.asarray(b, float)
    distance = a_[:, None] * (theta_[..., None, None] - b_)
    inner = 0.5 * (1.0 + np.tanh(0.5 * distance))  # the logistic curve, safe at both ends
    shape = (*inner.shape[:-1], 1)
    return np.concatenate([np.ones(shape), inner, np.zeros(shape)], axis=-1)


def probabilities(theta: ArrayLike, a: ArrayLike, b: ArrayLike) -> FloatArray:
    """P_k: the chance of each category. Shapes as in :func:`boundaries`; returns S + (items, categories)."""
    above = boundaries(theta, a, b)
    return above[..., :-1] - above[..., 1:]


def information(theta: ArrayLike, a: ArrayLike, b: ArrayLike) -> FloatArray:
    """Fisher information of each item: the sum over k of (P*'_k - P*'_(k+1))^2 / P_k.

    Shapes as in :func:`boundaries`; returns S + (items,). The standard error of a maximum-likelihood
    estimate is 1 / sqrt(sum of information).
    """
    above = boundaries(theta, a, b)
    slope = np.asarray(a, float)[:, None] * above * (1.0 - above)
    change = slope[..., :-1] - slope[..., 1:]
    chance = above[..., :-1] - above[..., 1:]
    # A category that does not exist (padding) or cannot be reached has neither chance nor slope.
    parts = np.divide(change**2, chance, out=np.zeros_like(chance), where=chance > 1e-300)
    return np.asarray(parts.sum(axis=-1), dtype=np.float64)


def expected_scores(theta: ArrayLike, a: ArrayLike, b: ArrayLike) -> FloatArray:
    """The expected keyed answer (0 = lowest category) of each item: sum of k P_k. Returns S + (items,)."""
    return np.asarray(boundaries(theta, a, b)[..., 1:-1].sum(axis=-1), dtype=np.float64)


def check_parameters(a: FloatArray, b: FloatArray) -> None:
    """Refuse parameters that describe no graded response model.

    Raises HomeportError: shapes that do not match, slopes that are not positive, thresholds out of order.
    """
    if a.ndim != 1 or b.ndim != 2 or b.shape[0] != a.shape[0] or b.shape[1] < 1 or a.shape[0] < 1:
        raise HomeportError("Item parameters need one slope and at least one threshold for each item.")
    if not (np.isfinite(a).all() and (a > 0).all()):
        raise HomeportError("Every item needs a slope above zero.")
    if np.isnan(b).any() or not np.isfinite(b[:, 0]).all():
        raise HomeportError("Every item needs at least one threshold that is a number.")
    finite = np.isfinite(b)
    if (finite[:, 1:] & ~finite[:, :-1]).any() or (b[:, 1:] < b[:, :-1]).any():
        raise HomeportError("The thresholds of an item must rise from the lowest category to the highest.")
