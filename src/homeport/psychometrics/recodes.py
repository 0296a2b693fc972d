"""Scoring rules of single instruments that are neither a mean nor a sum, as named functions."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, Protocol

from homeport.core.errors import HomeportError

Depression = Literal["major-depressive", "other-depressive", "none"]
Stress = Literal["provisional-ptsd", "none"]
Trauma = Literal["complex-ptsd", "ptsd", "none"]


class Recode(Protocol):
    """Turns one raw answer into the number that is averaged."""

    def __call__(self, item: str, raw: float, *, reverse: bool) -> float:
        """item: for the error message. reverse: the item counts backwards."""


def rfq8_certainty(item: str, raw: float, *, reverse: bool) -> float:
    """RFQ-8 certainty: 1, 2, 3 become 3, 2, 1; 4 to 7 become 0 (reversed: 7, 6, 5 become 3, 2, 1).

    Fonagy et al. (2016), doi:10.1371/journal.pone.0158678 [recheck].
    """
    value = 8 - _seven(item, raw) if reverse else _seven(item, raw)
    return float(max(4 - value, 0))


def rfq8_uncertainty(item: str, raw: float, *, reverse: bool) -> float:
    """RFQ-8 uncertainty: 5, 6, 7 become 1, 2, 3; 1 to 4 become 0 (reversed: 1, 2, 3 become 3, 2, 1).

    Fonagy et al. (2016), doi:10.1371/journal.pone.0158678 [recheck].
    """
    value = 8 - _seven(item, raw) if reverse else _seven(item, raw)
    return float(max(value - 4, 0))


def _seven(item: str, raw: float) -> int:
    if not (1 <= raw <= 7 and float(raw).is_integer()):
        raise HomeportError(f"Question {item} takes a whole number from 1 to 7; {raw:g} is none.")
    return int(raw)


RECODES: Mapping[str, Recode] = {"rfq8-certainty": rfq8_certainty, "rfq8-uncertainty": rfq8_uncertainty}


def phq9_algorithm(answers: Sequence[int | None]) -> Depression | None:
    """PHQ-9: a major, another or no depressive syndrome from its nine answers, 0 to 3, in the order of the form.

    At least one of items 1 and 2 at 2 or more, and five symptoms (major) or two to four (other); a symptom is 2 or
    more, on item 9 already 1. None with a missing answer: the algorithm never fills in.
    Kroenke, Spitzer & Williams (2001), doi:10.1046/j.1525-1497.2001.016009606.x
    """
    values = _complete("PHQ-9", answers, items=9, high=3)
    if values is None:
        return None
    symptoms = sum(value >= 2 for value in values[:8]) + (values[8] >= 1)
    if max(values[:2]) < 2 or symptoms < 2:
        return "none"
    return "major-depressive" if symptoms >= 5 else "other-depressive"


def pcl5_algorithm(answers: Sequence[int | None]) -> Stress | None:
    """PCL-5: provisional PTSD by DSM-5 clusters from its twenty answers, 0 to 4, in the order of the form.

    A symptom is 2 or more; B (1-5) one, C (6-7) one, D (8-14) two, E (15-20) two. None with a missing answer.
    Blevins et al. (2015), doi:10.1002/jts.22059
    """
    values = _complete("PCL-5", answers, items=20, high=4)
    if values is None:
        return None
    needs = ((slice(0, 5), 1), (slice(5, 7), 1), (slice(7, 14), 2), (slice(14, 20), 2))
    met = all(sum(value >= 2 for value in values[part]) >= least for part, least in needs)
    return "provisional-ptsd" if met else "none"


def itq_algorithm(answers: Sequence[int | None]) -> Trauma | None:
    """ITQ: complex PTSD, PTSD or neither from its eighteen answers, 0 to 4: P1 to P9, then C1 to C9.

    Met is 2 or more. PTSD: one of two in each of P1-2, P3-4, P5-6, and one of P7-9. DSO: the same over C. Both:
    complex PTSD, and never PTSD beside it. None with a missing answer.
    Cloitre et al. (2018), doi:10.1111/acps.12956
    """
    values = _complete("ITQ", answers, items=18, high=4)
    if values is None:
        return None
    ptsd, disturbed = _clusters(values[:9]), _clusters(values[9:])
    if ptsd and disturbed:
        return "complex-ptsd"
    return "ptsd" if ptsd else "none"


def _clusters(nine: Sequence[int]) -> bool:
    parts = (nine[0:2], nine[2:4], nine[4:6], nine[6:9])
    return all(max(part) >= 2 for part in parts)


def _complete(name: str, answers: Sequence[int | None], *, items: int, high: int) -> list[int] | None:
    """The answers when all are there, None when one is missing. Raises HomeportError when they do not fit."""
    if len(answers) != items:
        raise HomeportError(f"The {name} has {items} answers, not {len(answers)}.")
    for number, value in enumerate(answers, start=1):
        if value is not None and value not in range(high + 1):
            raise HomeportError(f"Question {number} of the {name} takes 0 to {high}; {value} is none.")
    values = [value for value in answers if value is not None]
    return values if len(values) == items else None


ALGORITHMS: Mapping[str, Callable[[Sequence[int | None]], str | None]] = {
    "phq9": phq9_algorithm,
    "pcl5": pcl5_algorithm,
    "itq": itq_algorithm,
}
