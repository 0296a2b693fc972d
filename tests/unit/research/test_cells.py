"""Any cell is understood, counted, and never fatal."""

from collections import Counter
from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from homeport.core.errors import HomeportError
from homeport.psychometrics.files.cells import EMPTY, UNREADABLE, code_of, shown, understand


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3", 3),
        (" 3 ", 3),
        ("3.0", 3),
        ("+3", 3),
        ("-1", -1),
        ("0", 0),
        ("999", 999),
        ("", EMPTY),
        ("NA", EMPTY),
        ("NaN", EMPTY),
        ("null", EMPTY),
        (".", EMPTY),
        ("#N/A", EMPTY),
        ("3.5", UNREADABLE),
        ("often", UNREADABLE),
        ("1e400", UNREADABLE),
        ("99999999999999999999", UNREADABLE),
        ("30001", UNREADABLE),
        ("inf", UNREADABLE),
        ("1_0", UNREADABLE),
        ("٣", UNREADABLE),
        ("3\x00", UNREADABLE),
        ("=1+1", UNREADABLE),
    ],
)
def test_what_a_text_says(text: str, code: int) -> None:
    assert code_of(text) == code


def test_a_column_of_texts_is_counted_by_what_was_strange() -> None:
    cells = understand(pa.array(["1", "often", None, "2", "often", "3.5"]).dictionary_encode())
    assert cells.codes.tolist() == [1, UNREADABLE, EMPTY, 2, UNREADABLE, UNREADABLE]
    assert cells.strange == Counter({"often": 2, "3.5": 1})


def test_a_slice_of_a_dictionary_reads_its_own_rows() -> None:
    whole = pa.array(["1", None, "2", "x", "3"] * 5).dictionary_encode()
    assert understand(whole[6:10]).codes.tolist() == [EMPTY, 2, UNREADABLE, 3]


@pytest.mark.parametrize("kind", [pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8()])
def test_whole_numbers_of_any_width(kind: pa.DataType) -> None:
    assert understand(pa.array([1, None, 5], kind)).codes.tolist() == [1, EMPTY, 5]


def test_numbers_too_large_for_an_answer_are_strange() -> None:
    cells = understand(pa.array([1, 2**62, -(2**63)], pa.int64()))
    assert cells.codes.tolist() == [1, UNREADABLE, UNREADABLE]
    assert sum(cells.strange.values()) == 2
    assert understand(pa.array([2**64 - 1], pa.uint64())).codes.tolist() == [UNREADABLE]


def test_decimal_numbers_count_where_they_are_whole() -> None:
    cells = understand(pa.array([1.0, 2.5, float("nan"), float("inf"), -float("inf"), 1e300, None]))
    assert cells.codes.tolist() == [1, UNREADABLE, EMPTY, UNREADABLE, UNREADABLE, UNREADABLE, EMPTY]
    assert cells.strange["2.5"] == 1


def test_a_sliced_column_with_gaps_reads_its_own_rows() -> None:
    whole = pa.array([1, None, 2, 3, None, 4, 5, None, 1, 2, 3], pa.int8())
    assert understand(whole[3:9]).codes.tolist() == [3, EMPTY, 4, 5, EMPTY, 1]


def test_a_column_of_nothing_is_empty() -> None:
    assert understand(pa.nulls(3)).codes.tolist() == [EMPTY] * 3
    assert understand(pa.array([None, None], pa.string())).codes.tolist() == [EMPTY] * 2


def test_a_dictionary_of_numbers_and_a_decimal_column() -> None:
    assert understand(pa.array([4, 5, 4]).dictionary_encode()).codes.tolist() == [4, 5, 4]
    assert understand(pa.array([Decimal(1), Decimal(2)], pa.decimal128(5, 2))).codes.tolist() == [1, 2]


def test_a_column_of_dates_is_refused() -> None:
    with pytest.raises(HomeportError, match="date32"):
        understand(pa.array([date(2026, 1, 1)]))


def test_a_strange_text_is_quoted_short_and_cannot_steer_a_terminal() -> None:
    assert shown(b"\x1b[2J\xffx") == "?[2J\N{REPLACEMENT CHARACTER}x"
    assert len(shown("x" * 500)) == 41


def test_codes_are_small_numbers() -> None:
    assert understand(pa.array(["1"]).dictionary_encode()).codes.dtype == np.int16
