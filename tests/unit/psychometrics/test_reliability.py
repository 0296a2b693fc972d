"""Alpha and omega; facts/monitoring.md section 9 [calc]."""

import numpy as np
import pytest
from numpy.typing import NDArray

from homeport.core.errors import HomeportError
from homeport.psychometrics import reliability

LOADINGS = np.array([0.7, 0.6, 0.8, 0.5])


def implied() -> NDArray[np.float64]:
    matrix = np.outer(LOADINGS, LOADINGS)
    np.fill_diagonal(matrix, 1.0)
    return matrix


def test_worked_example() -> None:
    assert LOADINGS.sum() == pytest.approx(2.6)
    assert reliability.omega_of(LOADINGS) == pytest.approx(0.749446, abs=1e-6)
    assert reliability.alpha_of(implied()) == pytest.approx(0.742055, abs=1e-6)


def test_one_factor_is_found_again() -> None:
    assert reliability.one_factor(implied()) == pytest.approx(LOADINGS, abs=1e-8)
    assert reliability.one_factor(implied() * np.outer([1, -1, 1, 1], [1, -1, 1, 1])) == pytest.approx(
        LOADINGS * [1, -1, 1, 1], abs=1e-8
    )


def test_alpha_and_omega_of_the_shared_file(people: tuple[NDArray[np.int8], NDArray[np.int8]]) -> None:
    """The targets of issue 2: .916 and .938 within .002; omega as in facts/instruments.md 2.1."""
    assert [reliability.alpha(part) for part in people] == pytest.approx([0.916, 0.938], abs=0.002)
    assert [reliability.omega(part) for part in people] == pytest.approx([0.916, 0.938], abs=0.002)


def test_alpha_of_complete_answers_is_the_textbook_one() -> None:
    answers = np.random.default_rng(1).integers(0, 5, (200, 6)) + np.random.default_rng(2).integers(
        0, 5, (200, 1)
    )
    variances = answers.var(axis=0, ddof=1).sum()
    textbook = 6 / 5 * (1 - variances / answers.sum(axis=1).var(ddof=1))
    assert reliability.alpha(answers) == pytest.approx(textbook, abs=1e-12)


@pytest.mark.parametrize("missing", [-1.0, np.nan])
def test_missing_answers_are_left_out_pair_by_pair(missing: float) -> None:
    generator = np.random.default_rng(4)
    trait = generator.standard_normal((20_000, 1))
    answers = 5.0 + trait + generator.standard_normal((20_000, 5))
    whole = reliability.alpha(answers), reliability.omega(answers)
    answers[generator.random(answers.shape) < 0.15] = missing
    assert (reliability.alpha(answers), reliability.omega(answers)) == pytest.approx(whole, abs=0.01)


def test_answers_that_cannot_say_are_refused() -> None:
    with pytest.raises(HomeportError, match="two items"):
        reliability.alpha(np.ones((5, 1)))
    with pytest.raises(HomeportError, match="vary"):
        reliability.alpha(np.ones((5, 3)))
    with pytest.raises(HomeportError, match="two people"):
        reliability.alpha(np.array([[1.0, np.nan], [np.nan, 2.0]]))
    with pytest.raises(HomeportError, match="three items"):
        reliability.omega(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 1.0]]))


def test_covariances_of_complete_answers_are_the_usual_ones() -> None:
    answers = np.random.default_rng(6).integers(0, 5, (30, 4))
    assert reliability.covariance(answers) == pytest.approx(np.cov(answers.T))
    assert reliability.correlation(answers) == pytest.approx(np.corrcoef(answers.T))


def test_items_that_mirror_each_other_have_no_alpha() -> None:
    """The sum is the same for everybody: the quotient was a number of sixteen digits."""
    with pytest.raises(HomeportError, match="sum varies"):
        reliability.alpha(np.array([[1, 2], [2, 1], [1, 2]]))
