"""Keying raw answers."""

import numpy as np
import pytest

from homeport.core.errors import HomeportError
from homeport.psychometrics import ItemBank


@pytest.fixture
def bank() -> ItemBank:
    return ItemBank.of(
        "mixed",
        {"a": (1.0, (-1.0, 0.0, 1.0, 2.0)), "b": (1.0, (-1.0, 0.0, 1.0, 2.0)), "c": (1.0, (0.0, 1.0))},
        reversed_items=["b"],
        low=1,
    )


def test_raw_answers_are_shifted_and_turned(bank: ItemBank) -> None:
    assert bank.keyed_person({"a": 1, "b": 1, "c": 3}).tolist() == [0, 4, 2]
    assert bank.keyed_person({"a": 5, "b": None, "other": 77}).tolist() == [4, -1, -1]


@pytest.mark.parametrize("raw", [0, 6, 2.5, float("nan"), float("inf")])
def test_an_answer_out_of_range_is_refused(bank: ItemBank, raw: float) -> None:
    with pytest.raises(HomeportError, match="from 1 to 5"):
        bank.keyed("a", raw)


def test_an_item_with_fewer_answers_has_its_own_range(bank: ItemBank) -> None:
    with pytest.raises(HomeportError, match="from 1 to 3"):
        bank.keyed("c", 4)


def test_an_unknown_item_is_refused(bank: ItemBank) -> None:
    with pytest.raises(HomeportError, match="no item z"):
        bank.keyed("z", 1)


@pytest.mark.parametrize("dtype", [np.int8, np.int64, np.float64])
def test_many_are_keyed_as_one_is(bank: ItemBank, dtype: type) -> None:
    raw = np.array([[1, 1, 1], [5, 5, 3], [2, 4, 2]], dtype=dtype)
    one = [bank.keyed_person(dict(zip("abc", row.tolist(), strict=True))).tolist() for row in raw]
    assert bank.keyed_many(raw).tolist() == one


def test_what_is_no_answer_counts_as_missing_among_many(bank: ItemBank) -> None:
    raw = np.array([[0, 6, 4], [-1, 99, 127]], dtype=np.int8)
    assert bank.keyed_many(raw).tolist() == [[-1, -1, -1], [-1, -1, -1]]
    numbers = np.array([[np.nan, 1.5, np.inf], [1e12, -1e12, 3.0]])
    assert bank.keyed_many(numbers).tolist() == [[-1, -1, -1], [-1, -1, 2]]


def test_a_wrong_number_of_columns_is_refused(bank: ItemBank) -> None:
    with pytest.raises(HomeportError, match="3 columns"):
        bank.keyed_many(np.ones((2, 4), dtype=int))


def test_parts_that_do_not_fit_are_refused() -> None:
    with pytest.raises(HomeportError, match="to reverse"):
        ItemBank.of("x", {"a": (1.0, (0.0,))}, reversed_items=["b"])
    with pytest.raises(HomeportError, match="twice"):
        ItemBank("x", ("a", "a"), np.ones(2), np.zeros((2, 1)), (False, False))
    with pytest.raises(HomeportError, match="one slope and one key"):
        ItemBank("x", ("a",), np.ones(1), np.zeros((1, 1)), (False, False))
