"""Distances on the globe, for a query and for a page.

A point is kept with its unit vector. The haversine of the angle between two points is a quarter of the squared chord
between their vectors (Sinnott, R. W., 1984, Virtues of the haversine, Sky and Telescope 68, 159), so that a database
compares distances with three subtractions and no trigonometry, alike on SQLite and on PostgreSQL.
"""

from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin, sqrt

EARTH_KM = 6371.0088  # mean radius (IUGG)


@dataclass(frozen=True, slots=True)
class Point:
    """A place in degrees, north and east positive."""

    latitude: float
    longitude: float

    @property
    def vector(self) -> tuple[float, float, float]:
        """Its unit vector: x towards 0° N 0° E, z towards the pole."""
        north, east = radians(self.latitude), radians(self.longitude)
        return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def chord_squared(km: float) -> float:
    """The squared chord, on the unit globe, of a distance along its surface."""
    return (2 * sin(min(km / EARTH_KM, 3.1415) / 2)) ** 2


def kilometres(one: Point, other: Point) -> float:
    """The distance along the surface, by the haversine formula."""
    squared = sum((a - b) ** 2 for a, b in zip(one.vector, other.vector, strict=True))
    return 2 * EARTH_KM * asin(min(1.0, sqrt(squared) / 2))


def band(point: Point, km: float) -> tuple[float, float]:
    """The latitudes between which everything within ``km`` lies: what an index can narrow first."""
    reach = degrees(km / EARTH_KM)
    return point.latitude - reach, point.latitude + reach
