"""How far the profiles of several relationships lie apart: push-pull across them, beyond what error allows."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from homeport.core.errors import HomeportError
from homeport.psychometrics.profile import AttachmentProfile

DIFFERS = 0.05


@dataclass(frozen=True)
class Difference:
    """Two relationships and how far their profiles lie apart.

    distance: Mahalanobis, squared, under the errors of both (chi-square with 2 degrees of freedom if they are
    alike). p: the chance of that much from error alone, times the number of pairs compared (at most 1).
    """

    first: str
    second: str
    distance: float
    p: float

    @property
    def beyond_chance(self) -> bool:
        """Less than five in a hundred, all pairs considered: push-pull across relationships."""
        return self.p < DIFFERS


def compare_relationships(profiles: Mapping[str, AttachmentProfile]) -> tuple[Difference, ...]:
    """Every pair of relationships, most different first. Profiles must come from the same banks.

    Raises HomeportError for fewer than two profiles.
    """
    if len(profiles) < 2:
        raise HomeportError("Comparing relationships needs at least two of them.")
    pairs = list(combinations(profiles, 2))
    found = []
    for first, second in pairs:
        one, other = profiles[first], profiles[second]
        apart = np.array(
            [one.anxiety.theta - other.anxiety.theta, one.avoidance.theta - other.avoidance.theta]
        )
        distance = float(apart @ np.linalg.solve(_covariance(one) + _covariance(other), apart))
        found.append(Difference(first, second, distance, min(1.0, len(pairs) * math.exp(-distance / 2.0))))
    return tuple(sorted(found, key=lambda difference: -difference.distance))


def _covariance(profile: AttachmentProfile) -> NDArray[np.float64]:
    across = profile.correlation * profile.anxiety.se * profile.avoidance.se
    return np.array([[profile.anxiety.se**2, across], [across, profile.avoidance.se**2]])
