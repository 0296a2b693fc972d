"""Replaying a file of real answers through the adaptive test, and what came of it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from homeport.content.instruments import Key
from homeport.core.errors import HomeportError
from homeport.psychometrics.adaptive import AdaptiveTest
from homeport.psychometrics.engine import REASONS, AdaptiveRules
from homeport.psychometrics.files.everyone import Everyone, read_everyone
from homeport.psychometrics.files.layout import Wishes
from homeport.psychometrics.keys import item_bank
from homeport.psychometrics.replaying import Replay, ReplaySummary, replay, summarise

LEAST_PEOPLE = 2


@dataclass(frozen=True)
class SimulatedFile:
    """The replay of everyone who answered every question. se_median: per scale, at the end. stopped: how many scales
    of how many people ended for which reason. items_full: questions of the full scales."""

    everyone: Everyone
    test: AdaptiveTest
    result: Replay
    summary: ReplaySummary
    se_median: dict[str, float]
    stopped: dict[str, int]
    items_full: int


def simulate_file(
    key: Key, source: Path, rules: AdaptiveRules, wishes: Wishes | None = None, *, seed: int = 0
) -> SimulatedFile:
    """Replay the people who answered every question of the calibrated scales.

    Raises HomeportError: a key without parameters in the file's format, more than two such scales, fewer than two
    complete rows, or a file that does not fit.
    """
    everyone = read_everyone(key, source, wishes or Wishes(), complete=True)
    layout = everyone.layout
    found = [item_bank(key, scale.id, layout.format) for scale in key.scales]
    banks = [bank for bank in found if bank is not None]
    if not banks:
        raise HomeportError(
            f"{key.title} has no item parameters for the format {layout.format!r}: an adaptive test needs them "
            "(homeport calibrate makes some)."
        )
    if len(everyone.answers) < LEAST_PEOPLE:
        raise HomeportError(
            "A replay needs at least two people who answered every question; the file has fewer."
        )
    test = AdaptiveTest(banks, rules)
    keyed = [bank.keyed_many(everyone.raw(bank.items)) for bank in banks]
    result = replay(test, keyed, seed=seed)
    names = [bank.scale for bank in banks]
    ends, counts = np.unique(result.stops, return_counts=True)
    return SimulatedFile(
        everyone=everyone,
        test=test,
        result=result,
        summary=summarise(test, keyed, result),
        se_median=dict(zip(names, np.median(result.se, axis=0).tolist(), strict=True)),
        stopped={str(REASONS[end]): int(count) for end, count in zip(ends, counts, strict=True)},
        items_full=sum(map(len, banks)),
    )
