"""Reliability of any number of people in constant memory: sums of products, batch by batch."""

import numpy as np
from numpy.typing import NDArray

from homeport.psychometrics.graded import FloatArray
from homeport.psychometrics.reliability import alpha_of, omega_of, one_factor


class RunningReliability:
    """Alpha and omega over everyone added, the same as :mod:`homeport.psychometrics.reliability` gives for all at once.

    Variances and covariances are over the people who answered both items.
    """

    def __init__(self, items: int) -> None:
        shape = (items, items)
        self._both, self._sums, self._products = np.zeros(shape), np.zeros(shape), np.zeros(shape)

    def add(self, keyed: FloatArray, told: NDArray[np.bool_]) -> None:
        """keyed: answers turned the scale's way, 0 where there is none. told: where there is one. (items, people)."""
        complete = told.all(axis=0)
        if complete.all():
            self._add_complete(keyed)
            return
        self._add_complete(np.ascontiguousarray(keyed[:, complete]))
        rest, here = keyed[:, ~complete], told[:, ~complete].astype(np.float64)
        self._both += here @ here.T
        self._sums += rest @ here.T
        self._products += rest @ rest.T

    def _add_complete(self, keyed: FloatArray) -> None:
        self._both += keyed.shape[1]
        self._sums += keyed.sum(axis=1)[:, None]
        self._products += keyed @ keyed.T

    def covariance(self) -> FloatArray | None:
        """(items, items), or None where it says nothing: one item, too few people, or answers that do not vary."""
        if len(self._both) < 2 or self._both.min() < 2:
            return None
        matrix = (self._products - self._sums * self._sums.T / self._both) / (self._both - 1.0)
        return matrix if (np.diag(matrix) > 1e-12).all() and matrix.sum() > 0 else None

    @property
    def alpha(self) -> float | None:
        """Cronbach's alpha; None where it does not exist."""
        matrix = self.covariance()
        return None if matrix is None else alpha_of(matrix)

    @property
    def omega(self) -> float | None:
        """McDonald's omega; None below three items, or where alpha does not exist."""
        matrix = self.covariance()
        if matrix is None or len(matrix) < 3:
            return None
        spread = np.sqrt(np.diag(matrix))
        return omega_of(one_factor(matrix / np.outer(spread, spread)))


class RunningMean:
    """Mean and standard deviation (n - 1 below) of all numbers added; NaN passes by.

    Chan, Golub & LeVeque (1983). Algorithms for computing the sample variance. doi:10.1080/00031305.1983.10483115
    """

    def __init__(self) -> None:
        self.count, self.mean, self._squares = 0, 0.0, 0.0

    def add(self, values: FloatArray) -> None:
        """Take some numbers in, (people,)."""
        told = values[~np.isnan(values)]
        if not len(told):
            return
        count, mean = self.count + len(told), float(told.mean())
        step = mean - self.mean
        self._squares += float(((told - mean) ** 2).sum()) + step**2 * self.count * len(told) / count
        self.mean += step * len(told) / count
        self.count = count

    @property
    def sd(self) -> float | None:
        """None below two numbers."""
        return float(np.sqrt(self._squares / (self.count - 1))) if self.count > 1 else None
