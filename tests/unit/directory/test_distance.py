"""Distances on the globe."""

from math import asin, cos, radians, sin, sqrt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homeport.directory.distance import EARTH_KM, Point, band, chord_squared, kilometres

# A busy machine draws slowly; that says nothing about the globe.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
PLACES = st.builds(Point, st.floats(-89, 89), st.floats(-180, 180))


def haversine(one: Point, other: Point) -> float:
    """The formula as it is written everywhere, with sines and cosines."""
    north, other_north = radians(one.latitude), radians(other.latitude)
    half = (other_north - north) / 2, radians(other.longitude - one.longitude) / 2
    return (
        2
        * EARTH_KM
        * asin(min(1, sqrt(sin(half[0]) ** 2 + cos(north) * cos(other_north) * sin(half[1]) ** 2)))
    )


@patient
@given(PLACES, PLACES)
def test_it_is_the_haversine(one: Point, other: Point) -> None:
    assert kilometres(one, other) == pytest.approx(haversine(one, other), rel=1e-6, abs=1e-3)


@patient
@given(PLACES, PLACES, st.floats(1, 500))
def test_the_chord_and_the_band_decide_as_the_distance_does(one: Point, other: Point, km: float) -> None:
    away = haversine(one, other)
    if abs(away - km) < 1e-2:
        return
    squared = sum((a - b) ** 2 for a, b in zip(one.vector, other.vector, strict=True))
    south, north = band(one, km)
    near = squared <= chord_squared(km) and south <= other.latitude <= north
    assert near == (away <= km)


def test_a_known_distance() -> None:
    toronto, ottawa = Point(43.6532, -79.3832), Point(45.4215, -75.6972)
    assert kilometres(toronto, ottawa) == pytest.approx(352, abs=2)
    assert kilometres(Point(0, 179.9), Point(0, -179.9)) == pytest.approx(22.24, abs=0.1)
