"""What a therapist's record with one concern can tell, and how little: pure arithmetic.

Therapists differ by about 5 in 100 of what becomes of their clients, once it is taken into account how those were when they
came (Wampold and Brown 2005, 10.1037/0022-006X.73.5.914). So a mean of few clients is mostly chance and is drawn towards
what is usual here: after fifteen clients still by more than half. Nothing is made of fewer than fifteen, an estimate never
stands without its interval, and no list is sorted by it. The trial that matched clients by such records (Constantino and
others 2021, 10.1001/jamapsychiatry.2021.1221) used them beside the client's own choice, never against it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from homeport.core.errors import HomeportError
from homeport.directory.concerns import Concern

ICC = 0.05
FEWEST = 15
Z_95 = 1.96


@dataclass(frozen=True, slots=True)
class Record:
    """``clients``: how many were followed with one concern. ``mean``: how much better than expected they did.

    In standard deviations of clients' outcomes after case-mix; 0 is what is usual here, more is better.
    """

    clients: int
    mean: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A record drawn towards what is usual, with its 95 % interval; ``trust``: how much of it was kept (0 to 1)."""

    value: float
    low: float
    high: float
    trust: float
    clients: int


def trust_in(clients: int, icc: float = ICC) -> float:
    """How much of a mean of ``clients`` is the therapist's and not chance: n ICC / (1 + (n - 1) ICC) (Spearman-Brown).

    Raises ``HomeportError`` for fewer than none, or an ICC that is not between 0 and 1.
    """
    if clients < 0 or not 0 < icc < 1:
        raise HomeportError("A record is of no fewer than no clients, and an ICC lies between 0 and 1.")
    return clients * icc / (1 + (clients - 1) * icc) if clients else 0.0


def estimate(record: Record, icc: float = ICC) -> Estimate | None:
    """The empirical Bayes estimate of a record, where all outcomes have variance 1; None for too few clients.

    Between therapists the variance is ICC; what remains of it after the record is ICC (1 - B).
    """
    if record.clients < FEWEST:
        return None
    kept = trust_in(record.clients, icc)
    value, half = kept * record.mean, Z_95 * sqrt(icc * (1 - kept))
    return Estimate(value, value - half, value + half, kept, record.clients)


Records = Mapping[Concern, Record]
