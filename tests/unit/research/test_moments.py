"""Figures kept batch by batch are those of everyone at once."""

import numpy as np
import pytest

from homeport.psychometrics.files.moments import RunningMean, RunningReliability
from homeport.psychometrics.reliability import alpha, omega


def made_up(gaps: bool) -> np.ndarray:
    chance = np.random.default_rng(4)
    people = chance.standard_normal((500, 1))
    answers = np.clip(np.rint(people + chance.standard_normal((500, 6)) + 3), 1, 5)
    if gaps:
        answers[chance.random(answers.shape) < 0.1] = np.nan
    return answers


@pytest.mark.parametrize("gaps", [False, True])
def test_alpha_and_omega_are_those_of_the_library(gaps: bool) -> None:
    answers = made_up(gaps)
    running = RunningReliability(6)
    for part in np.array_split(answers, 7):
        running.add(np.nan_to_num(part).T, ~np.isnan(part).T)
    assert running.alpha == pytest.approx(alpha(answers), abs=1e-10)
    assert running.omega == pytest.approx(omega(answers), abs=1e-8)


def test_there_is_no_alpha_without_people_or_without_differences() -> None:
    empty, same, single = RunningReliability(3), RunningReliability(3), RunningReliability(1)
    same.add(np.full((3, 50), 2.0), np.ones((3, 50), dtype=bool))
    single.add(np.arange(5.0)[None, :], np.ones((1, 5), dtype=bool))
    assert [each.alpha for each in (empty, same, single)] == [None] * 3
    assert [each.omega for each in (empty, same, single)] == [None] * 3


def test_two_items_have_alpha_but_no_omega() -> None:
    answers = made_up(gaps=False)[:, :2]
    running = RunningReliability(2)
    running.add(answers.T, np.ones(answers.T.shape, dtype=bool))
    assert running.alpha == pytest.approx(alpha(answers))
    assert running.omega is None


def test_mean_and_spread_of_many_parts() -> None:
    values = np.random.default_rng(3).normal(1e6, 2.0, 1000)
    values[::7] = np.nan
    running = RunningMean()
    for part in np.array_split(values, 13):
        running.add(part)
    running.add(np.array([np.nan]))
    assert running.count == int((~np.isnan(values)).sum())
    assert running.mean == pytest.approx(np.nanmean(values))
    assert running.sd == pytest.approx(np.nanstd(values, ddof=1), rel=1e-9)
    assert RunningMean().sd is None
