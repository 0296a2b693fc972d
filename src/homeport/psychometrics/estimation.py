"""Expected a posteriori estimates: the mean of the posterior under a standard-normal prior, and its spread.

Bock, R. D., & Mislevy, R. J. (1982). Adaptive EAP estimation of ability in a microcomputer environment.
Applied Psychological Measurement, 6, 431-444. doi:10.1177/014662168200600405
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from homeport.core.errors import HomeportError
from homeport.psychometrics.bank import NODES, ItemBank
from homeport.psychometrics.graded import Estimate, FloatArray

CHUNK = 4096  # people at a time: keeps the working set in the processor's cache and the memory flat


class Estimates(NamedTuple):
    """Estimates of many people. Each (people,)."""

    theta: FloatArray
    se: FloatArray
    answered: NDArray[np.int64]


def eap(bank: ItemBank, answers: ArrayLike, *, nodes: FloatArray | None = None) -> Estimate:
    """The estimate of one person.

    answers: keyed (0 = lowest category, reversed items already turned), -1 for missing, (items,);
    ``bank.keyed_person`` makes it from raw answers. nodes: where the integral is taken, 61 on +-5 unless
    given. With no answer at all this is the prior: theta 0, standard error 1.
    Raises HomeportError for a wrong number of answers or one out of range.
    """
    many = eap_many(bank, np.asarray(answers)[None, :], nodes=nodes)
    return Estimate(float(many.theta[0]), float(many.se[0]))


def eap_many(bank: ItemBank, answers: NDArray[np.generic], *, nodes: FloatArray | None = None) -> Estimates:
    """Estimates of many people at once.

    answers: keyed, -1 for missing, (people, items). Returns theta, posterior standard deviation and the
    number answered, each (people,); rows without an answer get the prior (0, 1) and ``answered`` 0.
    Raises HomeportError for a wrong number of columns or a keyed answer out of range.
    """
    values = _checked(bank, answers)
    points = NODES if nodes is None else nodes
    table = bank.log_probability if nodes is None else bank.log_probability_at(nodes)
    items, categories, count = table.shape
    weights = np.ascontiguousarray(table.transpose(1, 0, 2)).reshape(categories * items, count)
    log_prior = -0.5 * points**2
    moments = np.stack([np.ones_like(points), points, points**2], axis=1)
    theta, se = np.empty(len(values)), np.empty(len(values))
    for start in range(0, len(values), CHUNK):
        part = values[start : start + CHUNK]
        chosen = np.concatenate([part == k for k in range(categories)], axis=1).astype(np.float64)
        posterior = chosen @ weights
        posterior += log_prior
        posterior -= posterior.max(axis=1, keepdims=True)
        np.exp(posterior, out=posterior)
        mass, first, second = (posterior @ moments).T
        mean = first / mass
        theta[start : start + CHUNK] = mean
        se[start : start + CHUNK] = np.sqrt(np.maximum(second / mass - mean**2, 0.0))
    return Estimates(theta, se, (values >= 0).sum(axis=1))


def _checked(bank: ItemBank, answers: NDArray[np.generic]) -> NDArray[np.integer]:
    values = np.asarray(answers)
    if values.ndim != 2 or values.shape[1] != len(bank):
        raise HomeportError(f"The scale {bank.scale} needs {len(bank)} answers a person.")
    if not np.issubdtype(values.dtype, np.integer):
        raise HomeportError("Keyed answers are whole numbers, with -1 for missing.")
    if values.size and (values.min() < -1 or (values >= bank.categories).any()):
        raise HomeportError(f"The scale {bank.scale} has a keyed answer that is not one of its answers.")
    return values
