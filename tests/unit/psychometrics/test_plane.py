"""Areas and regions of the plane; facts/instruments.md section 3 [calc]."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeport.core.errors import HomeportError
from homeport.psychometrics import Estimate, normal_styles
from homeport.psychometrics.plane import area_masses, between, bivariate_normal, ellipse

WORKED = normal_styles(Estimate(3.20, 0.232), Estimate(2.60, 0.207), (3.0, 3.0))


def test_the_worked_example() -> None:
    # The source multiplies rounded chances (.806 x .027), so its third figure may be one off.
    assert WORKED["anxious"] == pytest.approx(0.784, abs=5e-4)
    assert WORKED["secure"] == pytest.approx(0.189, abs=5e-4)
    assert WORKED["fearful"] == pytest.approx(0.022, abs=6e-4)
    assert WORKED["avoidant"] == pytest.approx(0.005, abs=5e-4)
    assert WORKED["anxious"] + WORKED["fearful"] == pytest.approx(0.806, abs=5e-4)
    assert between(WORKED) == ("anxious", "secure")


def test_eighty_in_a_hundred_is_enough() -> None:
    assert between({"secure": 0.8, "anxious": 0.2, "avoidant": 0.0, "fearful": 0.0}) is None
    assert between({"secure": 0.2, "anxious": 0.0, "avoidant": 0.7999, "fearful": 0.0001}) == (
        "avoidant",
        "secure",
    )


@pytest.mark.parametrize("correlation", [-0.9, -0.3, 0.0, 0.5, 0.95])
def test_a_quarter_and_the_angle(correlation: float) -> None:
    """P(X <= 0, Y <= 0) = 1/4 + arcsin(r) / (2 pi), Sheppard 1899."""
    expected = 0.25 + math.asin(correlation) / (2 * math.pi)
    assert bivariate_normal(0.0, 0.0, correlation) == pytest.approx(expected, abs=1e-9)


@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(-0.95, 0.95))
def test_styles_sum_to_one_and_keep_their_margins(first: float, second: float, correlation: float) -> None:
    styles = normal_styles(Estimate(first, 0.4), Estimate(second, 0.3), (0.0, 0.0), correlation)
    alone = normal_styles(Estimate(first, 0.4), Estimate(second, 0.3), (0.0, 0.0))
    assert sum(styles.values()) == pytest.approx(1.0)
    for pair in (("anxious", "fearful"), ("avoidant", "fearful")):
        assert sum(styles[s] for s in pair) == pytest.approx(sum(alone[s] for s in pair), abs=1e-7)  # type: ignore[index]


@pytest.mark.parametrize("cut", [(0.0, 0.0), (0.37, -0.61), (-0.02, 0.013)])
def test_mass_on_a_grid_agrees_with_the_normal(cut: tuple[float, float]) -> None:
    nodes = np.linspace(-5, 5, 241)
    first, second = Estimate(0.2, 0.3), Estimate(-0.4, 0.25)
    density = [np.exp(-0.5 * ((nodes - e.theta) / e.se) ** 2) for e in (first, second)]
    mass = np.outer(*density)
    found = area_masses(mass / mass.sum(), nodes, cut)
    assert sum(found.values()) == pytest.approx(1.0)
    for style, expected in normal_styles(first, second, cut).items():
        assert found[style] == pytest.approx(expected, abs=1.5e-3)


def test_the_ellipse_lies_along_the_correlation() -> None:
    found = ellipse(Estimate(0.5, 0.3), Estimate(-0.2, 0.3), 0.6)
    assert found.centre == (0.5, -0.2)
    assert found.angle == pytest.approx(45.0)
    reach = -2 * math.log(0.05)
    assert found.semi_major == pytest.approx(math.sqrt(0.09 * 1.6 * reach))
    assert found.semi_minor == pytest.approx(math.sqrt(0.09 * 0.4 * reach))


@pytest.mark.parametrize(("se", "angle"), [((0.4, 0.2), 0.0), ((0.2, 0.4), 90.0)])
def test_the_ellipse_is_longest_where_least_is_known(se: tuple[float, float], angle: float) -> None:
    assert ellipse(Estimate(0, se[0]), Estimate(0, se[1]), 0.0).angle == pytest.approx(angle)


@pytest.mark.parametrize("level", [0.5, 0.95])
def test_the_ellipse_holds_the_person_as_often_as_it_says(level: float) -> None:
    first, second = Estimate(1.0, 0.4), Estimate(0.0, 0.2)
    draws = np.random.default_rng(8).multivariate_normal([1, 0], [[0.16, -0.04], [-0.04, 0.04]], 20_000)
    found = ellipse(first, second, -0.5, level)
    turn = math.radians(found.angle)
    away = draws - found.centre
    along = away @ [math.cos(turn), math.sin(turn)] / found.semi_major
    across = away @ [-math.sin(turn), math.cos(turn)] / found.semi_minor
    assert np.mean(along**2 + across**2 <= 1) == pytest.approx(level, abs=0.01)


def test_impossible_figures_are_refused() -> None:
    with pytest.raises(HomeportError, match="above zero"):
        normal_styles(Estimate(0, 0.0), Estimate(0, 0.3), (0, 0))
    with pytest.raises(HomeportError, match="between 0 and 1"):
        ellipse(Estimate(0, 0.3), Estimate(0, 0.3), 0.0, 1.0)
