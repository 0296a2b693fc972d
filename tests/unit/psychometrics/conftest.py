"""Banks and people that several tests of this room measure with."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from homeport.content.instruments import load_key
from homeport.psychometrics import ItemBank
from homeport.psychometrics.keys import item_bank

Pair = tuple[ItemBank, ItemBank]


@pytest.fixture(scope="session")
def ecr() -> Pair:
    """The two calibrated ECR banks (five-point answers), as shipped: anxiety, avoidance."""
    key = load_key("ecr")
    anxiety, avoidance = (item_bank(key, scale, "five") for scale in ("anxiety", "avoidance"))
    assert anxiety is not None
    assert avoidance is not None
    return anxiety, avoidance


@pytest.fixture(scope="session")
def three_items() -> ItemBank:
    """The three-item set of the worked examples: ECR 2, 6 and 8 to two decimals."""
    return ItemBank.of(
        "anxiety",
        {
            "2": (2.17, (-1.65, -0.74, -0.29, 0.85)),
            "6": (2.07, (-1.67, -0.68, -0.26, 0.91)),
            "8": (2.21, (-1.55, -0.49, 0.09, 1.28)),
        },
    )


def simulate(bank: ItemBank, theta: NDArray[np.float64], seed: int) -> NDArray[np.int8]:
    """Keyed answers that the model gives to people at these places, (people, items)."""
    draw = np.random.default_rng(seed).random((len(theta), len(bank), 1))
    below = np.cumsum(bank.probabilities(theta), axis=2)[:, :, :-1]
    return (draw > below).sum(axis=2).astype(np.int8)


@pytest.fixture(scope="session")
def simulated(ecr: Pair) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Four hundred people made by the model: keyed answers on anxiety and on avoidance."""
    theta = np.random.default_rng(11).standard_normal((400, 2))
    return simulate(ecr[0], theta[:, 0], 12), simulate(ecr[1], theta[:, 1], 13)


@pytest.fixture
def people(ecr: Pair, shared: Path) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Keyed answers of the 36,222 complete cases of the shared ECR file: anxiety (even items), avoidance (odd)."""
    raw = np.loadtxt(
        shared / "data/ecr/responses.csv", delimiter=",", skiprows=1, usecols=range(36), dtype=np.int8
    )
    raw = raw[(raw > 0).all(axis=1)]
    return ecr[0].keyed_many(raw[:, 1::2]), ecr[1].keyed_many(raw[:, ::2])
