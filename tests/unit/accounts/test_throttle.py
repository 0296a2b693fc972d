"""The pauses between tries."""

from datetime import timedelta

import pytest

from homeport.accounts import throttle
from homeport.accounts.throttle import Rule

RULE = Rule(
    "test", free=3, first=timedelta(seconds=10), longest=timedelta(minutes=1), forgotten=timedelta(days=1)
)


@pytest.mark.parametrize(
    ("count", "seconds"), [(0, 0), (1, 0), (2, 0), (3, 10), (4, 20), (5, 40), (6, 60), (7, 60), (10_000, 60)]
)
def test_pauses_grow_and_never_become_a_lock(count: int, seconds: int) -> None:
    assert RULE.pause(count) == timedelta(seconds=seconds)


def test_no_rule_of_ours_shuts_anybody_out_for_longer_than_an_hour() -> None:
    rules = [value for value in vars(throttle).values() if isinstance(value, Rule)]
    assert len(rules) >= 5
    assert all(rule.pause(1_000_000) <= timedelta(hours=1) for rule in rules)
    assert all(rule.forgotten > rule.longest for rule in rules)


def test_guessing_a_password_gets_fewer_than_forty_tries_a_day_from_one_place() -> None:
    spent, tries = timedelta(0), 0
    while spent < timedelta(days=1):
        tries += 1
        spent += throttle.PASSWORD.pause(tries)
    assert tries < 40
