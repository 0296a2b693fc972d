"""The profile of a bank that is not yet calibrated: two means with their margins, bands, and no percentages."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from homeport.core.errors import HomeportError
from homeport.psychometrics.scoring import ScaleItem
from homeport.psychometrics.words import Band, Part, means_sentence

ROUNDING = 1.0 / 12.0  # the variance of a number known only to the nearest whole


@dataclass(frozen=True)
class MeanReading:
    """mean: of the keyed answers, on low..high. se: the standard error of that mean within the person.

    bands: every third of the scale that mean +- se touches, lowest first: one is a place, two is "between" them,
    three says that the answers were too spread out to place. answered of ``of`` items.
    """

    mean: float
    se: float
    low: float
    high: float
    bands: tuple[Band, ...]
    answered: int
    of: int

    @property
    def between(self) -> bool:
        """The margin straddles the edge of a band."""
        return len(self.bands) > 1


@dataclass(frozen=True)
class MeanProfile:
    """Anxiety and avoidance as means. There are no chances here, and none may be made from these numbers."""

    anxiety: MeanReading
    avoidance: MeanReading

    @property
    def sentence_part(self) -> Part:
        """The plain sentence, as a message to translate and the values for its places."""
        return means_sentence(self.anxiety.bands, self.avoidance.bands)

    @property
    def sentence(self) -> str:
        """One plain English sentence, without percentages."""
        return str(self.sentence_part)


def band_edges(low: float, high: float) -> tuple[float, float]:
    """Where the middle third of a scale begins and ends."""
    return low + (high - low) / 3.0, high - (high - low) / 3.0


def mean_reading(
    items: Sequence[ScaleItem], answers: Mapping[str, float | None], *, least: float = 0.8
) -> MeanReading:
    """The mean of one scale from raw answers by item id (None or absent: missing).

    least: share of the items that must be answered. The standard error is SD / sqrt(n) of the person's own keyed
    answers, with at least the spread that rounding to whole points hides (variance 1/12): the same answer to
    every question is no perfect measurement. Raises HomeportError for too few answers, one out of range, or
    items that do not share a scale of answers.
    """
    if len({(item.low, item.high) for item in items}) != 1:
        raise HomeportError("A mean needs items that share one scale of answers.")
    given = [(item, answers.get(item.id)) for item in items]
    keyed = [item.keyed(raw) for item, raw in given if raw is not None]
    count = len(keyed)
    if count < max(2, math.ceil(least * len(items) - 1e-6)):
        raise HomeportError(f"Only {count} of {len(items)} questions were answered: too few for a result.")
    mean = sum(keyed) / count
    variance = sum((value - mean) ** 2 for value in keyed) / (count - 1)
    se = math.sqrt(max(variance, ROUNDING) / count)
    low, high = float(items[0].low), float(items[0].high)
    bands = _bands_touched(mean - se, mean + se, band_edges(low, high))
    return MeanReading(mean, se, low, high, bands, count, len(items))


def mean_profile(
    anxiety: Sequence[ScaleItem],
    avoidance: Sequence[ScaleItem],
    answers: Mapping[str, float | None],
    *,
    least: float = 0.8,
) -> MeanProfile:
    """Both scales of one person. Arguments and errors as in :func:`mean_reading`."""
    return MeanProfile(
        mean_reading(anxiety, answers, least=least), mean_reading(avoidance, answers, least=least)
    )


def _bands_touched(low: float, high: float, edges: tuple[float, float]) -> tuple[Band, ...]:
    """A margin that ends exactly on an edge has not crossed it."""
    touched: list[Band] = []
    if low < edges[0]:
        touched.append("low")
    if low < edges[1] and high > edges[0]:
        touched.append("middle")
    if high > edges[1]:
        touched.append("high")
    return tuple(touched)
