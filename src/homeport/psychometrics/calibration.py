"""Item parameters from answers, and items that work differently in two groups; both through the package ``mirt``.

``mirt`` belongs to the extra ``science`` and is imported only when one of these functions is called. Its default of
21 quadrature points is biased on long scales (30 items: root mean square error of a slope .224); 61 are not (.054).
"""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from homeport.core.errors import HomeportError
from homeport.psychometrics.bank import ItemBank
from homeport.psychometrics.graded import FloatArray
from homeport.psychometrics.reliability import correlation

QUADRATURE = 61
LEAST_PEOPLE = 200
_DIF_COLUMNS = ("statistic", "df", "p_value_adjusted", "effect_size", "classification", "converged")
DifMethod = Literal["wald", "likelihood_ratio", "raju"]


@dataclass(frozen=True)
class CalibratedBank:
    """A bank fitted to answers. a_se (items,), b_se (items, thresholds; NaN where there is no threshold).

    people: rows with at least one answer. A bank without ``converged`` is not fit for use.
    """

    bank: ItemBank
    a_se: FloatArray
    b_se: FloatArray
    people: int
    log_likelihood: float
    iterations: int
    converged: bool


@dataclass(frozen=True)
class DifItem:
    """One item in two groups. effect: how much harder it is for the second group, in theta units.

    p: adjusted over the items (Holm); NaN for Raju's areas, which have none. size: A negligible, B moderate, C large
    (by effect and p together, since p alone flags everything in a large sample).
    """

    item: str
    statistic: float
    df: float
    p: float
    effect: float
    size: str
    converged: bool

    @property
    def flagged(self) -> bool:
        """Worth a look: moderate or large."""
        return self.size in {"B", "C"}


def calibrate_grm(
    scale: str,
    items: Sequence[str],
    answers: NDArray[np.integer],
    *,
    reversed_items: Sequence[str] = (),
    low: int = 0,
    standard_errors: bool = True,
    max_iterations: int = 500,
) -> CalibratedBank:
    """Fit the graded response model by marginal maximum likelihood (EM, theta ~ N(0, 1), D = 1).

    answers: keyed, 0 = lowest, -1 missing, (people, items); reversed_items and low are written into the bank so that
    it can take raw answers. Raises HomeportError: extra missing, fewer than 200 people, a category that nobody
    chose, or an item that runs against the others.
    """
    values = _checked(items, answers)
    # The fit holds slopes above zero, so an item keyed the wrong way round must be seen before it.
    together = correlation(values).sum(axis=0) - 1.0
    if together.min() <= 0.0:
        against = items[int(together.argmin())]
        raise HomeportError(f"Item {against} does not go with the others: is it keyed the right way round?")
    categories = values.max(axis=0) + 1
    fit = _fit(scale, values, categories, standard_errors, max_iterations)
    a = np.asarray(fit.model.parameters["discrimination"], dtype=np.float64).reshape(len(items))
    b = np.array(fit.model.parameters["thresholds"], dtype=np.float64)
    errors = fit.standard_errors if standard_errors else {}
    a_se = np.array(errors.get("discrimination", np.full(a.shape, np.nan)), dtype=np.float64).reshape(-1)
    b_se = np.array(errors.get("thresholds", np.full(b.shape, np.nan)), dtype=np.float64)
    none = np.arange(b.shape[1]) >= (categories - 1)[:, None]
    b[none], b_se[none] = np.inf, np.nan
    backward = set(reversed_items)
    return CalibratedBank(
        bank=ItemBank(scale, tuple(items), a, b, tuple(item in backward for item in items), low),
        a_se=a_se,
        b_se=b_se,
        people=int((values >= 0).any(axis=1).sum()),
        log_likelihood=float(fit.log_likelihood),
        iterations=int(fit.n_iterations),
        converged=bool(fit.converged),
    )


def _fit(
    scale: str, values: NDArray[np.int64], categories: NDArray[np.int64], errors: bool, iterations: int
) -> Any:
    """The package's own result; what it complains of becomes one sentence."""
    mirt = _science("mirt")
    try:
        return mirt.fit_mirt(
            values,
            model="GRM",
            n_categories=categories.tolist(),
            n_quadpts=QUADRATURE,
            max_iter=iterations,
            compute_standard_errors=errors,
        )
    except (ValueError, ArithmeticError, RuntimeError) as error:
        raise HomeportError(f"The scale {scale} could not be calibrated: {error}") from error


def dif(
    items: Sequence[str],
    answers: NDArray[np.integer],
    groups: NDArray[np.generic],
    *,
    method: DifMethod = "wald",
) -> tuple[DifItem, ...]:
    """Differential item functioning between two groups, on a common scale (group differences are no DIF).

    answers: keyed, -1 missing, (people, items). groups: (people,), two values; the second in sorted order is the
    group looked at. "wald" is the fast screen, "likelihood_ratio" refits once an item. Where the samples are large
    read :func:`homeport.psychometrics.ordinal.logistic_dif` beside it.
    Raises HomeportError: extra missing, not two groups, groups of fewer than 200.
    """
    values = _checked(items, answers)
    labels = np.asarray(groups)
    names, counts = np.unique(labels, return_counts=True)
    if labels.shape != (len(values),) or len(names) != 2 or counts.min() < LEAST_PEOPLE:
        raise HomeportError(f"Comparing groups needs two of them, each of {LEAST_PEOPLE} people or more.")
    compute = _science("mirt.diagnostics.dif").compute_dif
    try:
        found = compute(
            data=values,
            groups=(labels == names[1]).astype(np.int64),
            model="GRM",
            method=method,
            n_categories=int(values.max()) + 1,
            n_quadpts=QUADRATURE,
            focal_group=1,
            p_adjust="none" if method == "raju" else "holm",
        )
    except (ValueError, ArithmeticError, RuntimeError) as error:
        raise HomeportError(f"The groups could not be compared: {error}") from error
    rows = [found[name] for name in _DIF_COLUMNS]
    return tuple(
        DifItem(item, float(statistic), float(df), float(p), float(effect), str(size), bool(converged))
        for item, statistic, df, p, effect, size, converged in zip(items, *rows, strict=True)
    )


def _checked(items: Sequence[str], answers: NDArray[np.integer]) -> NDArray[np.int64]:
    values = np.asarray(answers)
    if values.ndim != 2 or values.shape[1] != len(items) or len(items) < 3:
        raise HomeportError("Calibration needs one column of answers for each of at least three items.")
    if not np.issubdtype(values.dtype, np.integer) or (values.size and values.min() < -1):
        raise HomeportError("Keyed answers are whole numbers, with -1 for missing.")
    if int((values >= 0).any(axis=1).sum()) < LEAST_PEOPLE:
        raise HomeportError(f"Calibration needs the answers of at least {LEAST_PEOPLE} people.")
    for column, item in enumerate(items):
        told = np.unique(values[:, column])
        told = told[told >= 0]
        if len(told) < 2 or len(told) != told[-1] + 1:
            raise HomeportError(f"Nobody chose one of the answers of item {item}: join answers first.")
    return values.astype(np.int64)


def _science(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise HomeportError(
            "Calibration needs the extra `science`: install Homeport with `pip install 'homeport[science]'`."
        ) from None
