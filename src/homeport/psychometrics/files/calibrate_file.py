"""Item parameters from a file of answers, and questions that work differently in two groups of its people."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from homeport.content.instruments import Key
from homeport.core.errors import HomeportError
from homeport.psychometrics.calibration import LEAST_PEOPLE, CalibratedBank, DifItem, calibrate_grm, dif
from homeport.psychometrics.estimation import eap_many
from homeport.psychometrics.files.cells import EMPTY_WORDS
from homeport.psychometrics.files.everyone import Everyone, read_everyone
from homeport.psychometrics.files.layout import Wishes
from homeport.psychometrics.ordinal import LogisticDif, logistic_dif
from homeport.psychometrics.reliability import alpha

# Below this, graded thresholds are too unsteady to be used for people. Reise & Yu (1990),
# doi:10.1111/j.1745-3984.1990.tb00738.x
ENOUGH_PEOPLE = 500
LEAST_ITEMS = 3


@dataclass(frozen=True)
class GroupDifference:
    """groups: the one compared with, and the one looked at. wald: per item; logistic: an effect size that a large
    sample cannot inflate, per item."""

    groups: tuple[str, str]
    people: tuple[int, int]
    wald: tuple[DifItem, ...]
    logistic: tuple[LogisticDif, ...]


@dataclass(frozen=True)
class CalibratedScale:
    """fit: parameters with standard errors. reliability: mean of 1 - SE^2 over the people who answered.

    difference: None where no column of groups was named.
    """

    fit: CalibratedBank
    alpha: float
    reliability: float
    difference: GroupDifference | None


@dataclass(frozen=True)
class CalibratedFile:
    """scales: by id. notes: what had to be concluded, and what to be careful with."""

    everyone: Everyone
    scales: dict[str, CalibratedScale]
    notes: tuple[str, ...]


def calibrate_file(
    key: Key,
    source: Path,
    wishes: Wishes | None = None,
    *,
    scales: Sequence[str] = (),
    group: str = "",
    groups: Sequence[str] = (),
    watch: Callable[[str, int], None] | None = None,
) -> CalibratedFile:
    """Fit the graded response model to each scale by itself.

    scales: ids; () for all that are reported and have three questions. group: a column with the group of each person;
    groups: the two values to compare, the two most frequent unless given. watch: told each scale and the number of rows
    before its fit, which takes minutes for many people.
    Raises HomeportError: a file or a wish that does not fit, fewer than 200 people, an answer that nobody chose, a fit
    that does not converge: such parameters are not to be used.
    """
    wishes = wishes or Wishes()
    if group:
        wishes = Wishes(wishes.format, wishes.order, (group,))
    chosen = _scales(key, scales)
    everyone = read_everyone(key, source, wishes)
    labels, notes = np.array([]), list(everyone.layout.notes)
    if group:
        labels = np.array(everyone.texts[0])
        groups, said = _groups(group, everyone.texts[0], groups)
        notes += [said] if said else []
    found = {}
    for scale in chosen:
        if watch is not None:
            watch(scale, len(everyone.answers))
        found[scale] = _calibrated(everyone, scale, labels, groups if group else ())
        if found[scale].fit.people < ENOUGH_PEOPLE:
            notes.append(
                f"{scale}: {found[scale].fit.people} people are few; below {ENOUGH_PEOPLE} thresholds are unsteady."
            )
    return CalibratedFile(everyone, found, tuple(notes))


def _calibrated(
    everyone: Everyone, scale: str, labels: NDArray[np.str_], groups: Sequence[str]
) -> CalibratedScale:
    keyed, items, backward, low = everyone.keyed(scale)
    told = (keyed >= 0).any(axis=1)
    fit = calibrate_grm(scale, items, keyed[told], reversed_items=backward, low=low)
    if not fit.converged:
        raise HomeportError(
            f"The parameters of {scale} had not settled after {fit.iterations} rounds: they are not to be used."
        )
    estimates = eap_many(fit.bank, keyed[told])
    difference = None
    if groups:
        theta = np.full(len(keyed), np.nan)
        theta[told] = estimates.theta
        difference = _difference(items, keyed, theta, labels, groups)
    return CalibratedScale(fit, alpha(keyed), float(1.0 - np.mean(estimates.se**2)), difference)


def _difference(
    items: Sequence[str],
    keyed: NDArray[np.int8],
    theta: NDArray[np.float64],
    labels: NDArray[np.str_],
    groups: Sequence[str],
) -> GroupDifference:
    here = np.isin(labels, list(groups)) & ~np.isnan(theta)
    part, place, names = keyed[here], theta[here], labels[here]
    first, second = sorted(groups)
    return GroupDifference(
        groups=(first, second),
        people=(int((names == first).sum()), int((names == second).sum())),
        wald=dif(items, part, names),
        logistic=tuple(logistic_dif(part[:, column], place, names) for column in range(len(items))),
    )


def _scales(key: Key, wanted: Sequence[str]) -> list[str]:
    fit = [scale.id for scale in key.scales if scale.report and len(scale.items) >= LEAST_ITEMS]
    for scale in wanted:
        if scale not in {each.id for each in key.scales}:
            raise HomeportError(f"{key.title} has no scale {scale!r}; it has {', '.join(fit)}.")
    if not (wanted or fit):
        raise HomeportError(f"{key.title} has no scale of at least {LEAST_ITEMS} questions.")
    return list(wanted) or fit


def _groups(column: str, labels: Iterable[str], wanted: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The two groups to compare, and the sentence that says which, where nobody named them."""
    counts = Counter(label for label in labels if label.lower() not in EMPTY_WORDS)
    if wanted:
        if len(set(wanted)) != 2:
            raise HomeportError("Two different groups can be compared: --groups A,B.")
        for name in wanted:
            if counts[name] < LEAST_PEOPLE:
                raise HomeportError(
                    f"The group {name!r} of {column} has {counts[name]} people; {LEAST_PEOPLE} are needed."
                )
        return tuple(wanted), ""
    common = counts.most_common(2)
    if len(common) < 2 or common[1][1] < LEAST_PEOPLE:
        raise HomeportError(
            f"The column {column!r} does not hold two groups of {LEAST_PEOPLE} people or more."
        )
    names = tuple(sorted(name for name, _ in common))
    if len(counts) == 2:
        return names, ""
    left = sum(counts.values()) - sum(count for _, count in common)
    return names, (
        f"{column} has {len(counts)} groups: the two largest, {names[0]} and {names[1]}, are compared and "
        f"{left:,} people left out; say --groups A,B for others."
    )
