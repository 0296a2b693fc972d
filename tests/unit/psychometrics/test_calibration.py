"""Calibration and differential item functioning."""

import sys
from importlib.util import find_spec
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray

from homeport.core.errors import HomeportError
from homeport.psychometrics import ItemBank
from homeport.psychometrics.calibration import calibrate_grm, dif
from homeport.psychometrics.ordinal import LogisticDif, log_likelihood, logistic_dif

with_mirt = pytest.mark.skipif(not find_spec("mirt"), reason="mirt (extra science) is not installed")
SMALL = ItemBank.of(
    "small",
    {
        "a": (1.8, (-1.0, 0.0, 1.0)),
        "b": (1.2, (-0.5, 0.5, 1.5)),
        "c": (2.0, (-1.5, 0.2)),
        "d": (1.5, (-0.2, 0.4, 1.1)),
        "e": (1.0, (-1.2, 0.0, 0.9)),
    },
    reversed_items=["b"],
    low=1,
)


def people(bank: ItemBank, theta: NDArray[np.float64], seed: int) -> NDArray[np.int64]:
    draw = np.random.default_rng(seed).random((len(theta), len(bank), 1))
    return np.asarray((draw > np.cumsum(bank.probabilities(theta), axis=2)[:, :, :-1]).sum(axis=2))


@with_mirt
def test_parameters_are_found_again() -> None:
    answers = people(SMALL, np.random.default_rng(1).standard_normal(4000), 2)
    answers[np.random.default_rng(3).random(answers.shape) < 0.1] = -1
    found = calibrate_grm("small", SMALL.items, answers, reversed_items=["b"], low=1)
    assert found.converged
    assert found.people == 4000 - int((answers < 0).all(axis=1).sum())
    assert found.bank.categories.tolist() == SMALL.categories.tolist()
    assert (found.bank.reversed, found.bank.low) == (SMALL.reversed, 1)
    assert np.abs((found.bank.a - SMALL.a) / found.a_se).max() < 3.5
    real = np.isfinite(SMALL.b)
    assert np.abs((found.bank.b[real] - SMALL.b[real]) / found.b_se[real]).max() < 3.5
    assert np.isnan(found.b_se[~real]).all()


@with_mirt
def test_an_item_that_differs_between_groups_is_found() -> None:
    theta = np.random.default_rng(5).standard_normal(3000)
    theta[1500:] += 0.4  # the groups differ: that is no DIF
    other = ItemBank(
        SMALL.scale, SMALL.items, SMALL.a, SMALL.b + np.array([[0.9], [0], [0], [0], [0]]), SMALL.reversed
    )
    answers = np.concatenate([people(SMALL, theta[:1500], 6), people(other, theta[1500:], 7)])
    found = {item.item: item for item in dif(SMALL.items, answers, np.repeat(["men", "women"], 1500))}
    assert found["a"].p < 1e-6
    assert found["a"].effect > 0.4
    assert found["a"].flagged
    assert max(found.values(), key=lambda item: abs(item.effect)).item == "a"


@with_mirt
def test_an_item_keyed_the_wrong_way_round_is_named() -> None:
    answers = people(SMALL, np.random.default_rng(1).standard_normal(1500), 2)
    answers[:, 4] = 3 - answers[:, 4]
    with pytest.raises(HomeportError, match="Item e does not go with the others"):
        calibrate_grm("small", SMALL.items, answers)


def test_it_asks_for_61_quadrature_points(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package's default of 21 is biased on long scales."""
    asked: dict[str, object] = {}

    class Enough(RuntimeError):
        pass

    def note(*_: object, **options: object) -> None:
        asked.update(options)
        raise Enough

    fake = ModuleType("mirt")
    fake.fit_mirt = note  # type: ignore[attr-defined]
    inner = ModuleType("mirt.diagnostics.dif")
    inner.compute_dif = note  # type: ignore[attr-defined]
    for name, module in (("mirt", fake), ("mirt.diagnostics", fake), ("mirt.diagnostics.dif", inner)):
        monkeypatch.setitem(sys.modules, name, module)
    answers = people(SMALL, np.random.default_rng(1).standard_normal(600), 2)
    for work in (
        lambda: calibrate_grm("small", SMALL.items, answers),
        lambda: dif(SMALL.items, answers, np.arange(600) % 2),
    ):
        asked.clear()
        with pytest.raises(HomeportError, match="could not be"):
            work()
        assert (asked["n_quadpts"], asked["model"]) == (61, "GRM")


def test_without_mirt_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*(name for name in sys.modules if name.startswith("mirt.")), "mirt"]:
        monkeypatch.setitem(sys.modules, name, None)
    answers = people(SMALL, np.random.default_rng(1).standard_normal(600), 2)
    with pytest.raises(HomeportError, match=r"homeport\[science\]"):
        calibrate_grm("small", SMALL.items, answers)
    with pytest.raises(HomeportError, match=r"homeport\[science\]"):
        dif(SMALL.items, answers, np.arange(600) % 2)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda answers: answers[:100], "at least 200 people"),
        (lambda answers: np.where(answers == 1, 2, answers), "Nobody chose"),
        (lambda answers: answers[:, :2], "one column"),
        (lambda answers: answers - 2, "-1 for missing"),
        (lambda answers: answers.astype(float), "whole numbers"),
    ],
)
def test_answers_that_cannot_be_calibrated_are_refused(change: object, words: str) -> None:
    answers = people(SMALL, np.random.default_rng(1).standard_normal(600), 2)
    assert callable(change)
    with pytest.raises(HomeportError, match=words):
        calibrate_grm("small", SMALL.items, change(answers))


def test_groups_that_cannot_be_compared_are_refused() -> None:
    answers = people(SMALL, np.random.default_rng(1).standard_normal(600), 2)
    with pytest.raises(HomeportError, match="two of them"):
        dif(SMALL.items, answers, np.zeros(600))
    with pytest.raises(HomeportError, match="two of them"):
        dif(SMALL.items, answers, (np.arange(600) < 50).astype(int))


def test_ordinal_regression_of_two_categories_is_logistic_regression() -> None:
    """One binary predictor: the fitted chances are the groups' own shares."""
    group = np.repeat([0.0, 1.0], [400, 600])
    grades = np.concatenate([np.arange(400) % 4 == 0, np.arange(600) % 3 == 0]).astype(np.int64)
    shares = np.array([100 / 400, 200 / 600])
    sizes = np.array([400, 600])
    expected = (sizes * (shares * np.log(shares) + (1 - shares) * np.log(1 - shares))).sum()
    assert log_likelihood(grades, group[:, None]) == pytest.approx(expected, abs=1e-6)


def test_logistic_dif_tells_difference_from_impact() -> None:
    generator = np.random.default_rng(3)
    theta = generator.standard_normal(6000)
    group = np.arange(6000) % 2
    theta[group == 1] += 0.5
    clean = people(SMALL, theta, 4)[:, 0]
    shifted = np.where(group == 1, people(SMALL, theta - 0.8, 5)[:, 0], clean)
    assert logistic_dif(clean, theta, group).size == "negligible"
    found = logistic_dif(shifted, theta, group)
    assert found.whole > 0.02
    assert found.uniform > 0.9 * found.whole
    assert found.chi_square > 200


def test_logistic_dif_sees_an_item_that_separates_one_group_better() -> None:
    theta = np.random.default_rng(8).standard_normal(6000)
    group = np.arange(6000) % 2
    sharp = ItemBank.of("x", {"a": (2.5, (-1.0, 0.0, 1.0))})
    dull = ItemBank.of("x", {"a": (0.8, (-1.0, 0.0, 1.0))})
    item = np.where(group == 1, people(sharp, theta, 9)[:, 0], people(dull, theta, 10)[:, 0])
    found = logistic_dif(item, theta, group)
    assert found.whole > 0.005
    assert found.uniform < 0.1 * found.whole


@pytest.mark.parametrize(
    ("whole", "size"), [(0.0124, "negligible"), (0.02, "small"), (0.035, "moderate"), (0.07, "large")]
)
def test_flags(whole: float, size: str) -> None:
    assert LogisticDif(0.0, whole, 0.0).size == size


def test_the_ecr_bank_needs_no_action_over_age(ecr: tuple[ItemBank, ItemBank], shared: object) -> None:
    """facts/monitoring.md section 9 [calc]: largest .0124, item 26, ages 18 to 24 against 45 and over, N 6,000."""
    from homeport.psychometrics import eap_many

    raw = np.loadtxt(f"{shared}/data/ecr/responses.csv", delimiter=",", skiprows=1, usecols=range(37))
    age, raw = raw[:, 36], raw[:, :36]
    kept = (raw > 0).all(axis=1) & (((age >= 18) & (age <= 24)) | ((age >= 45) & (age <= 80)))
    rows = np.random.default_rng(0).choice(np.flatnonzero(kept), 6000, replace=False)
    keyed = ecr[0].keyed_many(raw[rows, 1::2])
    theta = eap_many(ecr[0], keyed).theta
    found = [logistic_dif(column, theta, age[rows] >= 45).whole for column in keyed.T]
    assert ecr[0].items[int(np.argmax(found))] == "q26"
    assert max(found) == pytest.approx(0.0124, abs=0.003)
    assert max(found) < 0.02
