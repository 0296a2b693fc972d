"""The number of a question, read from its name among its neighbours."""

import pytest

from homeport.catalogue.readers.numbering import leading_numbers, numbers_in


@pytest.mark.parametrize(
    ("codes", "numbers"),
    [
        (["walk_i1_s1_r1", "walk_i2_s1_r1", "walk_i10_s1_r1"], [1, 2, 10]),
        (["w9.grid.q1", "w9.grid.q2", "w9.total"], [1, 2, None]),
        (["/44250-9", "/44255-8"], [None, None]),  # codes, not numbers
        (["a", "b"], [None, None]),
        (["q5", "q6", "q7"], [None, None, None]),  # does not begin at 1
        (["q1"], [None]),
        (["q1", "q900"], [None, None]),
        ([], []),
        (["q2", "q1"], [2, 1]),
    ],
)
def test_running_numbers_are_found(codes: list[str], numbers: list[int | None]) -> None:
    assert numbers_in(codes) == numbers


def test_numbers_before_texts_are_taken_off_only_where_all_have_one() -> None:
    assert leading_numbers(["1. Rain", "2) Wind"]) == (["Rain", "Wind"], [1, 2])
    assert leading_numbers(["1. Rain", "Wind"]) == (["1. Rain", "Wind"], [None, None])
    assert leading_numbers(["1. Rain", "1. Wind"]) == (["1. Rain", "1. Wind"], [None, None])
