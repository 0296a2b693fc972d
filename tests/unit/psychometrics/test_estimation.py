"""EAP estimates, held to facts/monitoring.md section 7 [calc] and to mirt's own."""

from importlib.util import find_spec

import numpy as np
import pytest
from numpy.typing import NDArray

from homeport.core.errors import HomeportError
from homeport.psychometrics import ItemBank, eap, eap_many, estimation

Pair = tuple[ItemBank, ItemBank]

GRID = np.linspace(-4.0, 4.0, 81)


@pytest.mark.parametrize(
    ("answers", "theta", "se"),
    [
        ((0, 0, 0), -2.067437, 0.545663),
        ((2, 2, 2), -0.333826, 0.389036),
        ((3, 3, 2), 0.089208, 0.415381),
        ((4, 4, 4), 1.666173, 0.580472),
        ((4, -1, 3), 0.846109, 0.541658),
    ],
)
def test_worked_examples(three_items: ItemBank, answers: tuple[int, ...], theta: float, se: float) -> None:
    found = eap(three_items, answers, nodes=GRID)
    assert found.theta == pytest.approx(theta, abs=1e-6)
    assert found.se == pytest.approx(se, abs=1e-6)


def test_without_answers_the_prior_is_left(three_items: ItemBank) -> None:
    found = eap(three_items, (-1, -1, -1))
    assert found.theta == pytest.approx(0.0, abs=1e-12)
    assert found.se == pytest.approx(1.0, abs=1e-4)


def test_many_are_estimated_as_one_is(
    ecr: Pair, simulated: tuple[NDArray[np.int8], NDArray[np.int8]], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = simulated[0].copy()
    answers[np.random.default_rng(3).random(answers.shape) < 0.2] = -1
    monkeypatch.setattr(estimation, "CHUNK", 64)
    many = eap_many(ecr[0], answers)
    one = [eap(ecr[0], row) for row in answers]
    assert many.theta == pytest.approx([each.theta for each in one], abs=1e-12)
    assert many.se == pytest.approx([each.se for each in one], abs=1e-12)
    assert many.answered.tolist() == (answers >= 0).sum(axis=1).tolist()


def test_nobody_is_estimated_without_complaint(ecr: Pair) -> None:
    assert eap_many(ecr[0], np.empty((0, 18), dtype=np.int8)).theta.shape == (0,)


def test_estimates_find_the_people_who_answered(ecr: Pair) -> None:
    theta = np.random.default_rng(5).standard_normal(3000)
    bank = ecr[1]
    draw = np.random.default_rng(6).random((len(theta), len(bank), 1))
    answers = (draw > np.cumsum(bank.probabilities(theta), axis=2)[:, :, :-1]).sum(axis=2)
    found = eap_many(bank, answers)
    assert np.mean(np.abs(found.theta - theta) < 1.96 * found.se) == pytest.approx(0.95, abs=0.015)
    assert np.mean(found.theta - theta) == pytest.approx(0.0, abs=0.02)


@pytest.mark.skipif(not find_spec("mirt"), reason="mirt (extra science) is not installed")
def test_the_peer_says_the_same(ecr: Pair, simulated: tuple[NDArray[np.int8], NDArray[np.int8]]) -> None:
    import mirt

    bank, answers = ecr[0], simulated[0].astype(np.int64)
    answers[::3, ::4] = -1
    model = mirt.GradedResponseModel(n_items=18, n_categories=5)
    model.set_parameters(discrimination=bank.a, thresholds=bank.b)
    model._is_fitted = True  # its parameters are given, not fitted
    peer = mirt.fscores(model, answers, method="EAP", n_quadpts=61)
    own = eap_many(bank, answers)
    assert own.theta == pytest.approx(np.ravel(peer.theta), abs=0.01)
    assert own.se == pytest.approx(np.ravel(peer.standard_error), abs=0.01)


def test_marginal_reliability_of_the_ecr(
    ecr: Pair, people: tuple[NDArray[np.int8], NDArray[np.int8]]
) -> None:
    """facts/instruments.md section 6 [calc]: .929 and .945, as 1 - mean posterior variance."""
    found = [1 - np.mean(eap_many(bank, answers).se ** 2) for bank, answers in zip(ecr, people, strict=True)]
    assert found == pytest.approx([0.929, 0.945], abs=0.001)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (np.zeros((2, 2), dtype=int), "3 answers a person"),
        (np.zeros((2, 3)), "whole numbers"),
        (np.full((1, 3), 5), "not one of its answers"),
        (np.full((1, 3), -2), "not one of its answers"),
    ],
)
def test_answers_that_do_not_fit_are_refused(
    three_items: ItemBank, answers: NDArray[np.generic], words: str
) -> None:
    with pytest.raises(HomeportError, match=words):
        eap_many(three_items, answers)
