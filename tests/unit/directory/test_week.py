"""The week in 21 parts, from one zone to another."""

from datetime import date

import pytest

from homeport.directory.week import SLOTS, WHOLE, as_number, as_slots, coarse, moved

MONDAY = date(2026, 11, 23)


def test_a_week_is_a_number_and_back() -> None:
    assert as_number(["mon-morning", "sun-evening", "someday"]) == 1 | 1 << 20
    assert as_slots(as_number(SLOTS)) == SLOTS
    assert as_number(SLOTS) == WHOLE


def test_coarse_words_stand_for_parts() -> None:
    assert coarse(["evenings"]) == {f"{day}-evening" for day in ("mon", "tue", "wed", "thu", "fri")}
    assert len(coarse(["weekends", "nonsense"])) == 6


@pytest.mark.parametrize(
    ("slot", "own", "other", "found"),
    [
        ("mon-evening", "America/Toronto", "America/Toronto", {"mon-evening"}),
        ("mon-evening", "America/Toronto", "America/Vancouver", {"mon-afternoon", "mon-evening"}),
        ("mon-evening", "America/Vancouver", "America/Toronto", {"mon-evening"}),
        ("sun-evening", "America/Toronto", "Asia/Tokyo", {"mon-morning"}),
        ("mon-morning", "Asia/Tokyo", "America/Toronto", {"sun-evening"}),
        ("mon-morning", "Asia/Kolkata", "Europe/London", set()),
    ],
)
def test_it_moves_to_another_clock(slot: str, own: str, other: str, found: set[str]) -> None:
    assert set(as_slots(moved(as_number([slot]), own=own, other=other, day=MONDAY))) == found


def test_zones_that_shift_on_other_days_shift_against_each_other() -> None:
    week = as_number(["mon-afternoon"])
    summer = moved(week, own="Europe/London", other="America/Toronto", day=date(2026, 7, 6))
    between = moved(week, own="Europe/London", other="America/Toronto", day=date(2026, 10, 26))
    assert as_slots(summer) == ("mon-morning",)
    assert as_slots(between) == ("mon-morning", "mon-afternoon")
