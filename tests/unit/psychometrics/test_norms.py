"""Norms, percentiles and the true score; facts/monitoring.md section 2 and facts/instruments.md 2.1 [calc]."""

import pytest

from homeport.core.errors import HomeportError
from homeport.psychometrics import norms

ECR_ANXIETY = {5: 1.72, 10: 2.00, 25: 2.50, 50: 3.06, 75: 3.61, 90: 4.11, 95: 4.33}


def test_kelleys_true_score() -> None:
    found = norms.true_score(18, 15.4, 5.5, 0.84)
    assert found.value == pytest.approx(17.584, abs=1e-4)
    assert found.se == pytest.approx(2.0163, abs=1e-4)
    assert (found.low, found.high) == pytest.approx((13.632, 21.536), abs=1e-3)


@pytest.mark.parametrize(("sd", "alpha", "sem"), [(0.801, 0.916, 0.232), (0.829, 0.938, 0.207)])
def test_standard_error_of_the_ecr(sd: float, alpha: float, sem: float) -> None:
    """facts/instruments.md section 3: SEM .232 and .207."""
    assert norms.standard_error(sd, alpha) == pytest.approx(sem, abs=1e-3)


@pytest.mark.parametrize(
    ("score", "percentile"), [(3.06, 50), (1.72, 5), (1.0, 5), (5.0, 95), (2.25, 17.5), (3.86, 82.5)]
)
def test_percentiles_from_a_table(score: float, percentile: float) -> None:
    norm = norms.Norm(3.06, 0.801, ECR_ANXIETY)
    assert norm.percentile(score) == pytest.approx(percentile)


def test_percentiles_without_a_table_are_normal() -> None:
    norm = norms.Norm(3.56, 1.12)
    assert norm.percentile(3.56) == pytest.approx(50.0)
    assert norm.percentile(3.56 + 1.959964 * 1.12) == pytest.approx(97.5, abs=1e-4)
    assert norm.z(2.44) == pytest.approx(-1.0)
    assert norm.t(4.68) == pytest.approx(60.0)


def test_a_score_that_several_percentiles_share_gets_their_middle() -> None:
    assert norms.table_percentile(2.0, {5: 1.0, 10: 2.0, 25: 2.0, 50: 3.0}) == 17.5


def test_impossible_figures_are_refused() -> None:
    with pytest.raises(HomeportError, match="must rise"):
        norms.table_percentile(1.0, {5: 2.0, 10: 1.0})
    with pytest.raises(HomeportError, match="above zero"):
        norms.normal_percentile(1.0, 0.0, 0.0)
    with pytest.raises(HomeportError, match="0 to 1"):
        norms.true_score(1.0, 0.0, 1.0, 1.2)
