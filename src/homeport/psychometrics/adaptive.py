"""Adaptive testing on one or two scales at once: the next question is the one that tells most.

The state is a small value (the answers so far and a seed). Everything else follows from it, so it can travel
in a form, be stored, and be taken up again: the same state always leads to the same next question.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from homeport.core.errors import HomeportError
from homeport.psychometrics.bank import FINE, FINE_STEP, NODES, ItemBank
from homeport.psychometrics.engine import OPEN, REASONS, AdaptiveRules, Engine, Progress, StopReason
from homeport.psychometrics.graded import Estimate

_LARGEST_SEED = 2**64 - 1
_NOT_A_STATE = "This is not a saved adaptive test."


@dataclass(frozen=True)
class AdaptiveState:
    """All there is to know about a test under way: raw answers in order asked, and the seed of its choices.

    seed: 0 to 2^64 - 1. A raw answer of None means "asked, and passed over": it tells nothing and is not
    asked again. ``dict(state.answers)`` is what :func:`attachment_profile` takes.
    """

    seed: int = 0
    answers: tuple[tuple[str, int | None], ...] = ()

    def back(self) -> "AdaptiveState":
        """The state before the last answer (the same state when there is none)."""
        return replace(self, answers=self.answers[:-1])

    def to_json(self) -> str:
        """Compact JSON, such as ``{"s":7,"a":[["8",4],["9",2]]}``."""
        return json.dumps({"s": self.seed, "a": self.answers}, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "AdaptiveState":
        """Back from :meth:`to_json`. Raises HomeportError when the text is no such state."""
        try:
            data = json.loads(text)
            seed, pairs = data["s"], [(item, raw) for item, raw in data["a"]]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise HomeportError(_NOT_A_STATE) from None
        whole = type(seed) is int and 0 <= seed <= _LARGEST_SEED
        fits = all(type(item) is str and (raw is None or type(raw) is int) for item, raw in pairs)
        if not (whole and fits and len({item for item, _ in pairs}) == len(pairs)):
            raise HomeportError(_NOT_A_STATE)
        return cls(seed, tuple(pairs))


@dataclass(frozen=True)
class AdaptiveStep:
    """What follows from a state.

    item: the next question, None when the test is over. estimates: per scale. stopped: per scale the reason
    it stopped, None while it is open. asked: so far. remaining: questions still to be expected (from the
    information that is left). at_most: the most that can still come.
    """

    item: str | None
    estimates: Mapping[str, Estimate]
    stopped: Mapping[str, StopReason | None]
    asked: int
    remaining: int
    at_most: int

    @property
    def progress(self) -> float:
        """Share of the expected test that is done, 0 to 1; 1 only at the end."""
        return self.asked / (self.asked + self.remaining) if self.asked else 0.0


class AdaptiveTest:
    """An adaptive test over one or two banks. Build it once and share it: it holds tables, no person.

    banks: one per scale; item ids must not repeat across them. correlation: of the two traits in the
    population (the prior); answers on one scale then inform the other. Without answers theta is 0 on each.
    """

    def __init__(
        self, banks: Sequence[ItemBank], rules: AdaptiveRules | None = None, *, correlation: float = 0.0
    ) -> None:
        """Raises HomeportError for no bank or three, repeated item ids, or a correlation that is none."""
        self.banks = tuple(banks)
        self.rules = rules or AdaptiveRules()
        self.correlation = correlation
        if not 1 <= len(self.banks) <= 2 or (correlation and len(self.banks) == 1):
            raise HomeportError("An adaptive test runs over one bank, or over two that may be correlated.")
        self._where = {
            item: (scale, index)
            for scale, bank in enumerate(self.banks)
            for index, item in enumerate(bank.items)
        }
        if len(self._where) != sum(len(bank) for bank in self.banks):
            raise HomeportError("The banks of an adaptive test must not share a question.")
        self.engine = Engine(self.banks, self.rules, correlation)

    def start(self, seed: int = 0) -> AdaptiveState:
        """The state before the first question. The seed decides every choice that is left to chance."""
        if not 0 <= seed <= _LARGEST_SEED:
            raise HomeportError("A seed is a whole number from 0 to 2^64 - 1.")
        return AdaptiveState(seed=seed)

    def answer(self, state: AdaptiveState, item: str, raw: int | None) -> AdaptiveState:
        """The state after a raw answer (1 to 5, say, as the person gave it), or None: passed over.

        Raises HomeportError when the item is unknown, was asked before, or the answer is not one of its.
        """
        if any(item == earlier for earlier, _ in state.answers):
            raise HomeportError(f"Question {item} was answered before.")
        scale, _ = self._find(item)
        self.banks[scale].keyed(item, raw)
        return replace(state, answers=(*state.answers, (item, raw)))

    def step(self, state: AdaptiveState) -> AdaptiveStep:
        """Estimates, what has stopped and the next question. Well under a millisecond.

        Raises HomeportError when the state does not belong to these banks.
        """
        progress = self._progress(state)
        stops = self.engine.stops(progress)
        codes = stops[0].tolist()
        item, remaining, at_most = None, 0, 0
        if OPEN in codes:
            seed = np.array([state.seed], dtype=np.uint64)
            scale, index = self.engine.choose(progress, stops, seed)
            item = self.banks[int(scale[0])].items[int(index[0])]
            remaining, at_most = self._outlook(progress, codes)
        names = [bank.scale for bank in self.banks]
        places = zip(progress.theta[0].tolist(), progress.se[0].tolist(), strict=True)
        return AdaptiveStep(
            item=item,
            estimates={name: Estimate(*place) for name, place in zip(names, places, strict=True)},
            stopped={name: REASONS[code] for name, code in zip(names, codes, strict=True)},
            asked=len(state.answers),
            remaining=remaining,
            at_most=at_most,
        )

    def _find(self, item: str) -> tuple[int, int]:
        try:
            return self._where[item]
        except KeyError:
            raise HomeportError(f"This test has no question {item}.") from None

    def _progress(self, state: AdaptiveState) -> Progress:
        """One person's standing, from all moments of the test at once (row m: after m answers)."""
        engine, count = self.engine, len(state.answers)
        progress = engine.fresh(1)
        if not count:
            return progress
        moments = np.zeros((count + 1, engine.scales, len(NODES)))
        scales, told = [], []
        for moment, (item, raw) in enumerate(state.answers, start=1):
            scale, index = self._find(item)
            if progress.asked[0, scale, index]:
                raise HomeportError(f"Question {item} stands in the saved test twice.")
            keyed = self.banks[scale].keyed(item, raw)
            progress.asked[0, scale, index] = True
            progress.answered[0, scale] += raw is not None
            moments[moment, scale] = engine.log_probability[scale, index, keyed]
            scales.append(scale)
            told.append(raw is not None)
        np.cumsum(moments, axis=0, out=moments)
        if self.rules.stall is None:
            progress.theta, progress.se = engine.estimate(moments[-1:])
            return progress
        theta, se = engine.estimate(moments)
        progress.theta, progress.se = theta[-1:], se[-1:]
        for moment, (scale, tells) in enumerate(zip(scales, told, strict=True), start=1):
            if tells:
                fall = se[moment - 1, scale] - se[moment, scale]
                progress.small[0, scale] = progress.small[0, scale] + 1 if fall < self.rules.stall else 0
        return progress

    def _outlook(self, progress: Progress, codes: list[int]) -> tuple[int, int]:
        """Questions to be expected, and the most that can come. At least one of each: the test is open."""
        rules, expected, at_most = self.rules, 0, 0
        for scale, bank in enumerate(self.banks):
            asked = progress.asked[0, scale, : len(bank)]
            limit = min(len(bank), rules.max_items or len(bank)) - int(asked.sum())
            if codes[scale] != OPEN:
                continue
            at_most += limit
            theta, se = float(progress.theta[0, scale]), float(progress.se[0, scale])
            row = self.engine.information[scale, round((theta - FINE[0]) / FINE_STEP), : len(bank)]
            gains = np.cumsum(np.sort(row[~asked])[::-1])
            wanted = int(np.searchsorted(gains, rules.se**-2 - se**-2)) + 1
            wanted = max(wanted, rules.min_items - int(progress.answered[0, scale]), 1)
            expected += min(wanted, limit)
        return max(expected, 1), max(at_most, 1)
