"""Adaptive testing on one or two scales at once: the next question is the one that tells most.

The state is a small value (the answers so far and a seed). Everything else follows from it, so it can travel in a
form, be stored, and be taken up again: the same state always leads to the same next question.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from homeport.core.errors import HomeportError
from homeport.psychometrics.bank import ItemBank
from homeport.psychometrics.graded import Estimate

StopReason = Literal["precise", "length", "stalled", "exhausted"]


@dataclass(frozen=True)
class AdaptiveRules:
    """When to stop and how to choose.

    se: a scale stops at this standard error (.32: decisions, reliability .90; .40: monitoring, .84).
    min_items: answered per scale before precision can stop it. max_items: asked per scale at most; None: all.
    exposure: choose by chance among this many best questions (1: always the best).
    reversed_share: at least this share of the questions of a scale counts backwards, and at least this
    share forwards, as far as the bank has them. stall: stop a scale whose last two answers each lowered
    its standard error by less than this; None: never.
    """

    se: float = 0.32
    min_items: int = 4
    max_items: int | None = None
    exposure: int = 1
    reversed_share: float = 0.25
    stall: float | None = None

    def __post_init__(self) -> None:
        """Raises HomeportError for rules that contradict themselves."""
        if not 0.05 <= self.se <= 1.0:
            raise HomeportError("The standard error to stop at must lie between 0.05 and 1.")
        if self.min_items < 1 or (self.max_items is not None and self.max_items < self.min_items):
            raise HomeportError(
                "An adaptive test needs at least one question a scale, and a limit not below it."
            )
        if self.exposure < 1:
            raise HomeportError("Exposure control chooses among at least one question.")
        if not 0.0 <= self.reversed_share <= 0.5:
            raise HomeportError("The share of reversed questions must lie between 0 and 0.5.")


@dataclass(frozen=True)
class AdaptiveState:
    """All there is to know about a test under way: raw answers in order asked, and the seed of its choices.

    A raw answer of None means "asked, and passed over": it tells nothing and is not asked again.
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
        raise NotImplementedError


@dataclass(frozen=True)
class AdaptiveStep:
    """What follows from a state.

    item: the next question, None when the test is over. estimates: per scale. stopped: per scale the reason
    it stopped, None while it is open. asked: so far. remaining: questions still to be expected (an honest
    guess from the information left). at_most: the most that can still come.
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
        """Raises HomeportError for no bank, repeated item ids, or a correlation that is none."""
        self.banks = tuple(banks)
        self.rules = rules or AdaptiveRules()
        self.correlation = correlation

    def start(self, seed: int = 0) -> AdaptiveState:
        """The state before the first question. The seed decides every choice that is left to chance."""
        return AdaptiveState(seed=seed)

    def answer(self, state: AdaptiveState, item: str, raw: int | None) -> AdaptiveState:
        """The state after a raw answer (1 to 5, say, as the person gave it), or None: passed over.

        Raises HomeportError when the item is unknown, was answered before, or the answer is not one of its.
        """
        raise NotImplementedError

    def step(self, state: AdaptiveState) -> AdaptiveStep:
        """Estimates, what has stopped and the next question. Under a millisecond.

        Raises HomeportError when the state does not belong to these banks.
        """
        raise NotImplementedError
