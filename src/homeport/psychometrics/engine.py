"""How an adaptive test estimates, stops and chooses: one piece of code for one person and for forty thousand.

Every array has a row for each person (or for each moment of one person's test), so that the test a visitor
takes and the replay a researcher runs cannot come apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from homeport.core.errors import HomeportError
from homeport.psychometrics.bank import FINE, FINE_STEP, NODES, ItemBank
from homeport.psychometrics.graded import FloatArray

StopReason = Literal["precise", "length", "stalled", "exhausted"]
OPEN, PRECISE, LENGTH, STALLED, EXHAUSTED = range(5)
REASONS: tuple[StopReason | None, ...] = (None, "precise", "length", "stalled", "exhausted")
IntArray = NDArray[np.int64]
_LOG_PRIOR = -0.5 * NODES**2


@dataclass(frozen=True)
class AdaptiveRules:
    """When to stop and how to choose.

    se: a scale stops at this standard error (.32: decisions, reliability .90; .40: monitoring, .84).
    min_items: answered per scale before precision can stop it. min_total: answered in all before precision
    can end the test; None: min_items on each scale, and one more where there are two (it goes to the scale
    that is less certain). max_items: asked per scale at most; None: all of them.
    exposure: choose by chance among this many best questions; 1: always the best.
    reversed_share: at least this share of a scale's questions counts backwards, and at least this share
    forwards, but never more than their share of the bank. stall: stop a scale whose last two answers each
    lowered its standard error by less than this; None: never.
    """

    se: float = 0.32
    min_items: int = 4
    min_total: int | None = None
    max_items: int | None = None
    exposure: int = 1
    reversed_share: float = 0.4
    stall: float | None = None

    def __post_init__(self) -> None:
        """Raises HomeportError for rules that contradict themselves."""
        if not 0.05 <= self.se <= 1.0:
            raise HomeportError("The standard error to stop at must lie between 0.05 and 1.")
        if self.min_items < 1 or (self.max_items is not None and self.max_items < self.min_items):
            raise HomeportError(
                "An adaptive test needs at least one question a scale, and a limit not below it."
            )
        if self.min_total is not None and self.min_total < 1:
            raise HomeportError("An adaptive test needs at least one question in all.")
        if self.exposure < 1:
            raise HomeportError("Exposure control chooses among at least one question.")
        if not 0.0 <= self.reversed_share <= 0.5:
            raise HomeportError("The share of reversed questions must lie between 0 and 0.5.")
        if self.stall is not None and self.stall <= 0.0:
            raise HomeportError(
                "A stalled standard error is one that falls by less than a number above zero."
            )


@dataclass
class Progress:
    """Where each person stands. Shapes: P people, S scales, I items of the longest bank."""

    asked: NDArray[np.bool_]  # (P, S, I)
    answered: IntArray  # (P, S): asked and not passed over
    small: IntArray  # (P, S): answers running that hardly lowered the standard error
    theta: FloatArray  # (P, S)
    se: FloatArray  # (P, S)

    def __getitem__(self, people: IntArray) -> "Progress":
        """Copies of some rows."""
        return Progress(
            self.asked[people],
            self.answered[people],
            self.small[people],
            self.theta[people],
            self.se[people],
        )


class Engine:
    """The tables of one or two banks, and the rules."""

    def __init__(self, banks: Sequence[ItemBank], rules: AdaptiveRules, correlation: float) -> None:
        self.rules = rules
        self.scales = len(banks)
        self.lengths = np.array([len(bank) for bank in banks])
        self.items = int(self.lengths.max())
        categories = max(int(bank.categories.max()) for bank in banks)
        self.log_probability = np.zeros((self.scales, self.items, categories + 1, len(NODES)))
        self.information = np.full((self.scales, len(FINE), self.items), -1.0)
        self.reversed = np.zeros((self.scales, self.items), dtype=bool)
        for scale, bank in enumerate(banks):
            table = bank.log_probability
            # The last category stays zero: a missing answer, keyed -1, picks it and changes nothing.
            self.log_probability[scale, : len(bank), : table.shape[1]] = table
            self.information[scale, :, : len(bank)] = bank.information_table
            self.reversed[scale, : len(bank)] = bank.reversed
        share = self.reversed.sum(axis=1) / self.lengths
        self.least_reversed = np.minimum(rules.reversed_share, share)
        self.least_forward = np.minimum(rules.reversed_share, 1.0 - share)
        self.padding = np.arange(self.items) >= self.lengths[:, None]
        self.joint = joint_prior(correlation) if correlation else None
        self.prior = self.estimate(np.zeros((1, self.scales, len(NODES))))
        extra = 1 if self.scales > 1 else 0
        self.min_total = rules.min_items * self.scales + extra if rules.min_total is None else rules.min_total

    def fresh(self, people: int) -> Progress:
        """Before the first question: where the prior is, theta 0 and standard error 1."""
        shape = (people, self.scales)
        return Progress(
            np.zeros((*shape, self.items), dtype=bool),
            np.zeros(shape, dtype=np.int64),
            np.zeros(shape, dtype=np.int64),
            np.repeat(self.prior[0], people, axis=0),
            np.repeat(self.prior[1], people, axis=0),
        )

    def estimate(self, log_likelihood: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Posterior mean and standard deviation from (P, S, 61), each (P, S)."""
        if self.joint is None:
            weight = log_likelihood + _LOG_PRIOR
            weight -= weight.max(axis=-1, keepdims=True)
            np.exp(weight, out=weight)
        else:
            likelihood = np.exp(log_likelihood - log_likelihood.max(axis=-1, keepdims=True))
            weight = np.empty_like(likelihood)
            weight[:, 0] = likelihood[:, 0] * (likelihood[:, 1] @ self.joint)
            weight[:, 1] = likelihood[:, 1] * (likelihood[:, 0] @ self.joint)
        mass = weight.sum(axis=-1)
        theta = (weight @ NODES) / mass
        variance = (weight @ NODES**2) / mass - theta**2
        # Rounded far below any meaning, so that the order of additions cannot decide when a test stops.
        return np.round(theta, 9), np.round(np.sqrt(np.maximum(variance, 0.0)), 9)

    def stops(self, progress: Progress) -> IntArray:
        """Per person and scale whether it is open (0) or why it stopped, (P, S)."""
        rules = self.rules
        enough = progress.answered >= rules.min_items
        asked = progress.asked.sum(axis=-1)
        code = np.zeros(enough.shape, dtype=np.int64)
        if rules.stall is not None:
            code[enough & (progress.small >= 2)] = STALLED
        code[enough & (progress.se <= rules.se)] = PRECISE
        over = (code > 0).all(axis=1) & (progress.answered.sum(axis=1) < self.min_total)
        code[over[:, None] & (code == PRECISE)] = OPEN
        if rules.max_items is not None:
            code[(code == OPEN) & (asked >= rules.max_items)] = LENGTH
        code[(code == OPEN) & (asked >= self.lengths)] = EXHAUSTED
        return code

    def choose(
        self, progress: Progress, stops: IntArray, seeds: NDArray[np.uint64]
    ) -> tuple[IntArray, IntArray]:
        """The next scale and item for people with an open scale, each (P,).

        The scale is the less certain one; the item tells most at the present estimate, among those that
        keying balance allows.
        """
        rows = np.arange(len(stops))
        scale = np.where(stops == OPEN, progress.se, -1.0).argmax(axis=1)
        asked = progress.asked[rows, scale]
        place = np.rint((progress.theta[rows, scale] - FINE[0]) / FINE_STEP).astype(np.int64)
        worth = np.where(asked, -1.0, self.information[scale, np.clip(place, 0, len(FINE) - 1)])
        worth[self._unbalanced(asked, scale)] = -1.0
        if self.rules.exposure == 1:
            return scale, worth.argmax(axis=1)
        best = np.argsort(-worth, axis=1, kind="stable")[:, : self.rules.exposure]
        possible = (np.take_along_axis(worth, best, axis=1) >= 0.0).sum(axis=1)
        draw = uniform(seeds, progress.asked.sum(axis=(1, 2)))
        return scale, best[rows, (draw * possible).astype(np.int64)]

    def _unbalanced(self, asked: NDArray[np.bool_], scale: IntArray) -> NDArray[np.bool_]:
        """Items that must wait because the other keying is behind its share, (P, I)."""
        backward = self.reversed[scale]
        count = asked.sum(axis=1)
        reversed_count = (asked & backward).sum(axis=1)
        due = np.floor((count + 1) * self.least_reversed[scale] + 1e-9)
        want_reversed = reversed_count < due
        due = np.floor((count + 1) * self.least_forward[scale] + 1e-9)
        want_forward = (count - reversed_count < due) & ~want_reversed
        left = ~asked & ~self.padding[scale]
        want_reversed &= (left & backward).any(axis=1)
        want_forward &= (left & ~backward).any(axis=1)
        waits = (want_reversed[:, None] & ~backward) | (want_forward[:, None] & backward)
        return np.asarray(waits, dtype=np.bool_)


def joint_prior(correlation: float, nodes: FloatArray = NODES) -> FloatArray:
    """The bivariate normal density (means 0, variances 1) on nodes x nodes, up to a factor. Symmetric."""
    if not -1.0 < correlation < 1.0:
        raise HomeportError("A correlation lies between -1 and 1.")
    first, second = nodes[:, None], nodes[None, :]
    square = first**2 - 2.0 * correlation * first * second + second**2
    return np.exp(-0.5 * square / (1.0 - correlation**2))


def mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64: a number that looks like chance from any number, the same everywhere and always.

    Steele, Lea & Flood (2014). Fast splittable pseudorandom number generators. doi:10.1145/2660193.2660195
    """
    z = np.atleast_1d(values) + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def uniform(seeds: NDArray[np.uint64], step: IntArray) -> FloatArray:
    """One draw from [0, 1) for each seed at each step: needs no memory of earlier draws."""
    high = mixed(seeds ^ mixed(step.astype(np.uint64))) >> np.uint64(11)
    return high.astype(np.float64) * 2.0**-53


def person_seeds(seed: int, people: int) -> NDArray[np.uint64]:
    """A seed for each person of a replay, (people,); person i alone gives the same test."""
    return mixed(np.arange(people, dtype=np.uint64) + mixed(np.array([seed], dtype=np.uint64)))
