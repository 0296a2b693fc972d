"""Change between two scores, held to facts/monitoring.md sections 1, 2 and 8 [calc]."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeport.core.errors import HomeportError
from homeport.psychometrics import Estimate, change
from homeport.psychometrics.change import ChangeThreshold

PHQ9 = ChangeThreshold(5.5, 0.84, integer=True)


@pytest.mark.parametrize(
    ("sd", "r", "sem", "s_diff", "rci95", "rci90"),
    [
        pytest.param(5.5, 0.84, 2.2000, 3.1113, 6.0981, 5.1180, id="PHQ-9, retest"),
        pytest.param(5.5, 0.89, 1.8241, 2.5797, 5.0563, 4.2437, id="PHQ-9, alpha"),
        pytest.param(4.5, 0.83, 1.8554, 2.6239, 5.1429, 4.3164, id="GAD-7, retest"),
        pytest.param(4.5, 0.92, 1.2728, 1.8000, 3.5280, 2.9610, id="GAD-7, alpha"),
        pytest.param(1.12, 0.92, 0.3168, 0.4480, 0.8781, 0.7370, id="ECR-R anxiety"),
        pytest.param(1.19, 0.93, 0.3148, 0.4453, 0.8727, 0.7324, id="ECR-R avoidance"),
        pytest.param(1.35, 0.84, 0.5400, 0.7637, 1.4968, 1.2562, id="ECR-12 anxiety"),
        pytest.param(17, 0.98, 2.4042, 3.4000, 6.6640, 5.5930, id="CSI-16"),
        pytest.param(5, 0.94, 1.2247, 1.7321, 3.3948, 2.8492, id="CSI-4"),
    ],
)
def test_reliable_change_indices(
    sd: float, r: float, sem: float, s_diff: float, rci95: float, rci90: float
) -> None:
    threshold = ChangeThreshold(sd, r)
    assert threshold.sem == pytest.approx(sem, abs=1e-4)
    assert threshold.s_diff == pytest.approx(s_diff, abs=1e-4)
    assert threshold.rci == pytest.approx(rci95, abs=1e-4)
    assert ChangeThreshold(sd, r, z=change.Z90).rci == pytest.approx(rci90, abs=1e-4)


@pytest.mark.parametrize(
    ("sd", "r", "rci"),
    [
        pytest.param(1.25, 0.85, 1.34, id="ECR-12 avoidance"),
        pytest.param(5.80, 0.91, 4.82, id="RSES"),
        pytest.param(0.70, 0.85, 0.75, id="BRS"),
        pytest.param(14, 0.85, 15.0, id="DERS-16"),
        pytest.param(12, 0.82, 14.1, id="PCL-5"),
        pytest.param(20, 0.86, 20.7, id="WHO-5"),
        pytest.param(6.5, 0.90, 5.70, id="CORE-10"),
    ],
)
def test_formula_checks_of_the_threshold_table(sd: float, r: float, rci: float) -> None:
    """facts/instruments.md section 7 [calc], shown to two or three figures."""
    assert ChangeThreshold(sd, r).rci == pytest.approx(rci, abs=0.06)


def test_the_original_example() -> None:
    """Jacobson & Truax 1991: SD 7.5, r .80, 32.5 to 47.5."""
    threshold = ChangeThreshold(7.5, 0.80)
    assert threshold.sem == pytest.approx(3.3541, abs=1e-4)
    assert threshold.s_diff == pytest.approx(4.7434, abs=1e-4)
    found = change.reliable_change(32.5, 47.5, threshold, direction="higher-is-better")
    assert found.statistic == pytest.approx(3.1623, abs=1e-4)
    assert found.reading == "improved"


def test_a_client_from_18_to_10_on_the_phq9() -> None:
    found = change.reliable_change(18, 10, PHQ9)
    assert found.statistic == pytest.approx(-2.5713, abs=1e-4)
    assert found.reading == "improved"


def test_whole_point_scales_round_the_threshold_up() -> None:
    assert PHQ9.needed == 7.0
    assert change.reliable_change(18, 12, PHQ9).reading == "unchanged"
    assert change.reliable_change(18, 11, PHQ9).reading == "improved"


@given(st.integers(0, 27), st.integers(0, 27), st.floats(0.5, 9.0, allow_nan=False), st.floats(0.3, 0.97))
def test_reaching_the_rounded_threshold_is_exceeding_196(
    before: int, after: int, sd: float, r: float
) -> None:
    threshold = ChangeThreshold(sd, r, integer=True)
    found = change.reliable_change(before, after, threshold)
    # An index that falls on a whole number is reached, not exceeded: leave that hair's breadth out.
    if abs(threshold.rci - round(threshold.rci)) > 1e-6:
        assert (abs(after - before) >= threshold.needed) == (abs(found.statistic) > 1.96)
    assert (found.reading == "unchanged") == (abs(after - before) < threshold.needed)


def test_three_cutoffs() -> None:
    found = change.cutoffs(15.4, 5.5, 2.9, 3.5)
    assert found == pytest.approx((4.4, 9.9, 7.7611), abs=1e-4)


def test_cutoffs_turn_where_more_is_better() -> None:
    found = change.cutoffs(-15.4, 5.5, -2.9, 3.5, direction="higher-is-better")
    assert found == pytest.approx((-4.4, -9.9, -7.7611), abs=1e-4)


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [
        (18, 5, "recovered"),
        (24, 15, "improved"),
        (12, 8, "non-reliably recovered"),
        (18, 15, "unchanged"),
        (12, 20, "deteriorated"),
        (8, 1, "improved"),  # began on the healthy side: only the reliable class is given
        (8, 9, "unchanged"),
        (3, 12, "deteriorated"),
    ],
)
def test_five_classes(before: float, after: float, outcome: str) -> None:
    assert change.classify(before, after, PHQ9, 9.5) == outcome


def test_a_score_at_the_cut_belongs_where_the_rule_says() -> None:
    """PHQ-9 caseness is "10 or more": 10 is still a case."""
    assert change.classify(18, 10, PHQ9, 10, cut_is_clinical=True) == "improved"
    assert change.classify(18, 10, PHQ9, 10) == "recovered"


def test_classes_where_more_is_better() -> None:
    wellbeing = ChangeThreshold(20, 0.86)
    assert change.classify(30, 70, wellbeing, 50, direction="higher-is-better") == "recovered"
    assert change.classify(70, 30, wellbeing, 50, direction="higher-is-better") == "deteriorated"


@pytest.mark.parametrize(("se", "both", "rci"), [(0.32, 0.4525, 0.887), (0.40, None, 1.109)])
def test_two_adaptive_scores(se: float, both: float | None, rci: float) -> None:
    if both is not None:
        assert change.difference_se(se, se) == pytest.approx(both, abs=1e-4)
    assert change.adaptive_rci(se, se) == pytest.approx(rci, abs=5e-4)


def test_change_of_two_adaptive_scores_uses_both_errors() -> None:
    found = change.adaptive_change(Estimate(1.0, 0.3), Estimate(0.0, 0.4))
    assert found.statistic == pytest.approx(-2.0)
    assert found.reading == "improved"
    assert change.adaptive_change(Estimate(1.0, 0.3), Estimate(0.05, 0.4)).reading == "unchanged"
    assert change.adaptive_change(Estimate(0.0, 0.3), Estimate(1.0, 0.4)).reading == "deteriorated"


def test_noise_alone_never_counts() -> None:
    """The same score twice is unchanged, whatever the error."""
    assert change.reliable_change(12, 12, ChangeThreshold(5.5, 0.99)).reading == "unchanged"


def test_impossible_figures_are_refused() -> None:
    with pytest.raises(HomeportError, match="reliability below 1"):
        change.reliable_change(1, 2, ChangeThreshold(5, 1.0))
    with pytest.raises(HomeportError, match="two scores"):
        change.reliable_change(1, float("nan"), PHQ9)
    with pytest.raises(HomeportError, match="above zero"):
        change.adaptive_change(Estimate(0, 0.0), Estimate(0, 0.3))
    with pytest.raises(HomeportError, match="standard deviation above zero"):
        _ = ChangeThreshold(0.0, 0.8).sem
    with pytest.raises(HomeportError, match="above zero"):
        change.cutoffs(15.4, 0.0, 2.9, 3.5)
