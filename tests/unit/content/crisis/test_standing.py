"""Numbers rot: after 90 days a line asks to be checked again."""

from dataclasses import replace
from datetime import date, timedelta

from homeport.content import crisis

CHECKED = date(2026, 11, 23)


def test_a_verified_line_asks_to_be_checked_again_after_ninety_days() -> None:
    line = replace(crisis.place_for("CA").lines[0], verified_on=CHECKED)
    assert line.standing(CHECKED) == line.standing(CHECKED + timedelta(days=90)) == "verified"
    assert line.standing(CHECKED + timedelta(days=91)) == "check-again"
    assert not line.stale(CHECKED + timedelta(days=90))
    assert line.stale(CHECKED + timedelta(days=91))


def test_a_line_never_verified_is_provisional_and_stale_from_the_first_day() -> None:
    line = crisis.place_for("US").lines[1]
    assert line.verified_on is None
    assert line.standing(CHECKED) == "provisional"
    assert line.stale(CHECKED)


def test_the_lines_to_check_are_listed_each_once() -> None:
    now = {line.id for _, line in crisis.stale_lines(CHECKED)}
    later = [line.id for _, line in crisis.stale_lines(CHECKED + timedelta(days=365))]
    everything = {line.id for place in crisis.countries() for line in (*place.emergency, *place.lines)}
    assert now < set(later) == everything
    assert len(later) == len(set(later))
    assert "ca-988" not in now
    assert "eu-116123" in now
