"""Push-pull: wanting closeness and fleeing it. A reading of its own, beside the four areas.

It shows in one of two ways. Within one relationship, which is read here: both scales raised, and answers to questions
worded towards closeness that contradict the answers to those worded against it. Across relationships, in ``apart``:
profiles that differ by more than their errors allow.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homeport.psychometrics.bank import ItemBank
from homeport.psychometrics.graded import Estimate
from homeport.psychometrics.words import CERTAIN, Style

CONTRADICTION = 1.96  # two-sided five in a hundred, if the answers fitted the model
LEAST_EACH_WAY = 2  # questions worded each way before they can be said to pull against each other


@dataclass(frozen=True)
class PushPull:
    """both_raised: each scale lies above its cut with a chance of .80 or more.

    contradiction: how far the answers to questions worded one way pull against those worded the other way, as
    a z value; None where too few were asked each way. contradicts: beyond 1.96 either way.
    """

    both_raised: bool
    contradiction: float | None
    contradicts: bool

    @property
    def present(self) -> bool:
        """Both raised, and answers that contradict each other."""
        return self.both_raised and self.contradicts


def read_push_pull(
    banks: Sequence[ItemBank],
    keyed: Sequence[NDArray[np.integer]],
    estimates: Sequence[Estimate],
    styles: Mapping[Style, float],
) -> PushPull:
    """The reading within one relationship, from keyed answers (-1 missing) and both estimates."""
    raised = min(styles["anxious"] + styles["fearful"], styles["avoidant"] + styles["fearful"]) >= CERTAIN
    values = [contradiction(*parts) for parts in zip(banks, keyed, estimates, strict=True)]
    known = [value for value in values if value is not None]
    strongest = max(known, key=abs) if known else None
    # One look at each scale that can tell: two looks need more to say the same (Bonferroni).
    bar = CONTRADICTION if len(known) < 2 else 2.2414
    return PushPull(raised, strongest, strongest is not None and abs(strongest) > bar)


def contradiction(bank: ItemBank, keyed: NDArray[np.integer], estimate: Estimate) -> float | None:
    """How questions worded one way pull against those worded the other way, as a z value.

    The residuals (keyed answer minus expectation at the estimate) of forward items are set against those of
    reversed ones, each side as its mean, over the standard deviation the model gives. Above zero: agreeing
    both with a statement and with its opposite. None with fewer than two answers each way.
    """
    told = np.asarray(keyed) >= 0
    backward = np.array(bank.reversed)
    ways = [told & ~backward, told & backward]
    if min(int(way.sum()) for way in ways) < LEAST_EACH_WAY:
        return None
    chance = bank.probabilities(estimate.theta)
    grades = np.arange(chance.shape[1])
    expected = chance @ grades
    variance = chance @ grades**2 - expected**2
    pull, spread = 0.0, 0.0
    for sign, way in zip((1.0, -1.0), ways, strict=True):
        pull += sign * float((keyed[way] - expected[way]).mean())
        spread += float(variance[way].sum()) / int(way.sum()) ** 2
    return pull / math.sqrt(spread)
