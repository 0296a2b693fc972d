"""Internal consistency of a scale: alpha, and omega from a one-factor model."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from homeport.core.errors import HomeportError
from homeport.psychometrics.graded import FloatArray

_STEPS = 500
_SETTLED = 1e-10


def alpha(answers: NDArray[np.generic]) -> float:
    """Cronbach's alpha: k / (k - 1) (1 - sum of item variances / variance of the sum).

    answers: keyed (reversed items turned), (people, items); NaN or below zero is missing. Variances and covariances
    are taken over the people who answered both items, so with complete answers this is the usual alpha.
    Raises HomeportError for fewer than two items or people, and for items that do not vary or whose sum does not: two
    that mirror each other have no alpha.
    """
    matrix = covariance(answers)
    if matrix.sum() <= 1e-12 * np.trace(matrix):
        raise HomeportError("Reliability needs items whose sum varies; are some of them reversed?")
    return alpha_of(matrix)


def alpha_of(matrix: ArrayLike) -> float:
    """Alpha from a covariance (or, standardised, a correlation) matrix of the items, (items, items)."""
    covariances = np.asarray(matrix, dtype=np.float64)
    items = len(covariances)
    return float(items / (items - 1) * (1.0 - np.trace(covariances) / covariances.sum()))


def omega(answers: NDArray[np.generic]) -> float:
    """McDonald's omega (total) of a one-factor model of the correlations, fitted by minimum residuals.

    answers: as for :func:`alpha`. omega = (sum l)^2 / ((sum l)^2 + sum(1 - l^2)), standardised loadings l.
    McDonald, R. P. (1999). Test theory: A unified treatment.
    """
    return omega_of(one_factor(correlation(answers)))


def omega_of(loadings: ArrayLike) -> float:
    """Omega from standardised one-factor loadings, (items,)."""
    values = np.asarray(loadings, dtype=np.float64)
    common = float(values.sum()) ** 2
    return common / (common + float((1.0 - values**2).sum()))


def one_factor(correlations: ArrayLike) -> FloatArray:
    """Standardised loadings, (items,), that leave the smallest squared residual correlations (minres).

    Harman & Jones (1966), doi:10.1007/BF02289468. Each sweep solves one loading at a time with the others held;
    the sum of the loadings is made positive. Raises HomeportError for fewer than three items.
    """
    matrix = np.asarray(correlations, dtype=np.float64)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) < 3:
        raise HomeportError("One factor needs the correlations of at least three items.")
    values, vectors = np.linalg.eigh(matrix)
    loadings = vectors[:, -1] * np.sqrt(max(values[-1] - 1.0, 0.01))
    off = matrix - np.diag(np.diag(matrix))
    for _ in range(_STEPS):
        before = loadings.copy()
        total = float(loadings @ loadings)
        for item, loading in enumerate(loadings):
            others = total - loading**2
            # A loading beyond 1 would be a negative unique variance (a Heywood case): held at the edge.
            solved = float(np.clip(off[item] @ loadings / max(others, 1e-12), -0.9999, 0.9999))
            loadings[item] = solved
            total = others + solved**2
        if np.abs(loadings - before).max() < _SETTLED:
            break
    return np.asarray(loadings * (1.0 if loadings.sum() >= 0 else -1.0), dtype=np.float64)


def covariance(answers: NDArray[np.generic]) -> FloatArray:
    """Covariances over the people who answered both items (n - 1 below), (items, items).

    Raises HomeportError for fewer than two items, a pair with fewer than two people, or an item without variance.
    """
    values = np.asarray(answers, dtype=np.float64)
    if values.ndim != 2 or values.shape[1] < 2:
        raise HomeportError("Reliability needs at least two items.")
    told = values >= 0.0  # NaN compares false
    here, filled = told.astype(np.float64), np.where(told, values, 0.0)
    both = here.T @ here
    if both.min() < 2:
        raise HomeportError("Reliability needs at least two people who answered each pair of items.")
    # sums[i, j]: the sum of item i over those who answered i and j.
    sums = filled.T @ here
    result = (filled.T @ filled - sums * sums.T / both) / (both - 1.0)
    if not (np.diag(result) > 0).all():
        raise HomeportError("Reliability needs items whose answers vary.")
    return np.asarray(result, dtype=np.float64)


def correlation(answers: NDArray[np.generic]) -> FloatArray:
    """Correlations from :func:`covariance`, (items, items), ones on the diagonal."""
    matrix = covariance(answers)
    spread = np.sqrt(np.diag(matrix))
    return np.asarray(matrix / np.outer(spread, spread), dtype=np.float64)
