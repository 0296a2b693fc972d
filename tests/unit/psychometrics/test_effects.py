"""Effect sizes; facts/monitoring.md section 3 [calc]."""

import pytest

from homeport.core.errors import HomeportError
from homeport.psychometrics import effects


def test_before_and_after() -> None:
    d = effects.pre_post(15.4, 9.4, 5.5)
    assert d == pytest.approx(1.0909, abs=1e-4)
    assert effects.small_sample(59) == pytest.approx(0.987234, abs=1e-6)
    assert d * effects.small_sample(59) == pytest.approx(1.0770, abs=1e-4)


def test_two_groups() -> None:
    found = effects.between_groups((9.4, 6.4, 60), (12.1, 6.0, 58))
    assert found == pytest.approx((6.2067, 0.4350, 0.4322, 0.1863, 0.0699, 0.8002), abs=1e-4)


@pytest.mark.parametrize(("r", "d"), [(0.278, 0.5788), (0.29, 0.6060)])
def test_correlation_as_d(r: float, d: float) -> None:
    assert effects.r_to_d(r) == pytest.approx(d, abs=1e-4)


@pytest.mark.parametrize(("d", "share"), [(0.15, 0.0845), (0.36, 0.2009), (0.53, 0.2922)])
def test_success_rate_difference(d: float, share: float) -> None:
    assert effects.success_rate_difference(d) == pytest.approx(share, abs=1e-4)


def test_impossible_figures_are_refused() -> None:
    with pytest.raises(HomeportError, match="-1 and 1"):
        effects.r_to_d(1.0)
    with pytest.raises(HomeportError, match="two people"):
        effects.between_groups((1.0, 1.0, 1), (1.0, 1.0, 5))
    with pytest.raises(HomeportError, match="above zero"):
        effects.pre_post(1.0, 0.0, 0.0)
    with pytest.raises(HomeportError, match="degree"):
        effects.small_sample(1)
