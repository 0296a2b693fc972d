"""Differential item functioning by ordinal logistic regression: an effect size that a large sample cannot inflate.

Nested models of the keyed answer: M1 theta; M2 theta and group; M3 theta, group and their product. What is read is
the difference of McFadden's R squared between M3 and M1. Zumbo, B. D. (1999). A handbook on the theory and methods
of differential item functioning. The flags .02, .035 and .07 differ between authors [recheck].
"""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from homeport.core.errors import HomeportError
from homeport.psychometrics.graded import FloatArray

_STEPS = 60


class LogisticDif(NamedTuple):
    """uniform: R squared of M2 - M1; whole: of M3 - M1. chi_square: likelihood ratio of M3 against M1, 2 df."""

    uniform: float
    whole: float
    chi_square: float

    @property
    def size(self) -> Literal["negligible", "small", "moderate", "large"]:
        """By the provisional flags .02, .035 and .07 on ``whole``."""
        if self.whole < 0.02:
            return "negligible"
        if self.whole < 0.035:
            return "small"
        return "moderate" if self.whole < 0.07 else "large"


def logistic_dif(answers: NDArray[np.integer], theta: FloatArray, group: NDArray[np.generic]) -> LogisticDif:
    """One item. answers: keyed, -1 missing, (people,). theta: (people,). group: (people,), two values.

    Raises HomeportError for shapes that do not match, other than two groups, or an item with one category.
    """
    labels = np.asarray(group)
    names = np.unique(labels)
    if answers.shape != theta.shape or labels.shape != theta.shape or len(names) != 2:
        raise HomeportError("Comparing groups needs one answer, one estimate and one of two groups a person.")
    told = answers >= 0
    kept, place = answers[told], theta[told]
    member = (labels[told] == names[1]).astype(np.float64)
    # Ranks of the categories that occur: an empty one has no threshold.
    chosen, grades = np.unique(kept, return_inverse=True)
    if len(chosen) < 2:
        raise HomeportError("An item that everyone answers alike cannot be compared.")
    designs = (
        place[:, None],
        np.stack([place, member], axis=1),
        np.stack([place, member, place * member], axis=1),
    )
    shares = np.bincount(grades) / len(grades)
    null = float(len(grades) * (shares @ np.log(shares)))
    first, second, third = (log_likelihood(grades, design) for design in designs)
    return LogisticDif((first - second) / null, (first - third) / null, 2.0 * (third - first))


def log_likelihood(grades: NDArray[np.integer], design: FloatArray) -> float:
    """The largest log-likelihood of a proportional-odds model: P(grade >= k) = logistic(x beta - tau_k).

    grades: 0, 1, ... without gaps, (people,). design: (people, predictors). Fisher scoring with halved steps.
    McCullagh, P. (1980), doi:10.1111/j.2517-6161.1980.tb01109.x
    """
    cuts = int(grades.max())
    above = 1.0 - np.cumsum(np.bincount(grades))[:-1] / len(grades)
    values = np.concatenate([-np.log(above / (1.0 - above)), np.zeros(design.shape[1])])
    best, gradient, curvature = _evaluate(values, grades, design, cuts)
    for _ in range(_STEPS):
        step = np.linalg.solve(curvature + 1e-9 * np.eye(len(values)), gradient)
        size = 1.0
        while size > 1e-6:
            trial = values + size * step
            found, new_gradient, new_curvature = _evaluate(trial, grades, design, cuts)
            if found >= best:
                break
            size /= 2.0
        else:
            break
        settled = found - best < 1e-8 * abs(best) * 1e-2
        values, best, gradient, curvature = trial, found, new_gradient, new_curvature
        if settled:
            break
    return best


def _evaluate(
    values: FloatArray, grades: NDArray[np.integer], design: FloatArray, cuts: int
) -> tuple[float, FloatArray, FloatArray]:
    """Log-likelihood, gradient and expected information at (tau, beta)."""
    tau, beta = values[:cuts], values[cuts:]
    if (np.diff(tau) <= 0).any():
        return -np.inf, values, np.eye(len(values))
    people = len(grades)
    inner = 0.5 * (1.0 + np.tanh(0.5 * ((design @ beta)[:, None] - tau)))
    above = np.concatenate([np.ones((people, 1)), inner, np.zeros((people, 1))], axis=1)
    chance = np.maximum(above[:, :-1] - above[:, 1:], 1e-12)
    slope = above * (1.0 - above)
    # d chance_k / d values: the linear predictor moves both edges of a category, a cut moves one of each.
    moved = np.zeros((people, cuts + 1, len(values)))
    for cut in range(cuts):
        moved[:, cut, cut] = slope[:, cut + 1]
        moved[:, cut + 1, cut] = -slope[:, cut + 1]
    moved[:, :, cuts:] = (slope[:, :-1] - slope[:, 1:])[:, :, None] * design[:, None, :]
    rows = np.arange(people)
    own = chance[rows, grades]
    gradient = (moved[rows, grades] / own[:, None]).sum(axis=0)
    information = np.einsum("pki,pkj->ij", moved / chance[:, :, None], moved, optimize=True)
    return float(np.log(own).sum()), gradient, information
