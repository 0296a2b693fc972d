"""How far a record is drawn towards what is usual. The numbers are those of `facts/monitoring.md`, section 4."""

import random
from math import sqrt

import pytest

from homeport.core.errors import HomeportError
from homeport.directory.evidence import ICC, Record, estimate, trust_in


def test_of_fifteen_clients_over_half_is_chance() -> None:
    assert trust_in(15) == pytest.approx(0.4412, abs=1e-4)
    assert trust_in(1) == pytest.approx(ICC)
    assert trust_in(0) == 0
    assert trust_in(10_000) > 0.99


def test_more_clients_are_trusted_more() -> None:
    trusted = [trust_in(clients) for clients in range(300)]
    assert trusted == sorted(trusted)
    assert all(0 <= each < 1 for each in trusted)


def test_an_estimate_has_its_interval_and_few_clients_make_none() -> None:
    assert estimate(Record(14, 2.0)) is None
    made = estimate(Record(15, 0.4))
    assert made is not None
    assert made.value == pytest.approx(0.4 * 0.4412, abs=1e-4)
    assert made.high - made.low == pytest.approx(2 * 1.96 * sqrt(0.05 * (1 - 0.44118)), abs=1e-4)
    assert made.low < 0 < made.high, "fifteen clients cannot tell a therapist from any other"


@pytest.mark.parametrize(("clients", "icc"), [(-1, 0.05), (5, 0.0), (5, 1.0), (5, -0.1)])
def test_what_cannot_be_is_refused(clients: int, icc: float) -> None:
    with pytest.raises(HomeportError):
        trust_in(clients, icc)


def test_nineteen_of_twenty_intervals_hold_the_truth_and_shrinking_comes_closer() -> None:
    """Made-up therapists whose true effect is known: variance ICC between, 1 - ICC within."""
    chance, held, raw, drawn, many = random.Random(4), 0, 0.0, 0.0, 6000
    for _ in range(many):
        truth, clients = chance.gauss(0, sqrt(ICC)), chance.choice([15, 25, 60])
        mean = truth + chance.gauss(0, sqrt((1 - ICC) / clients))
        made = estimate(Record(clients, mean))
        assert made is not None
        held += made.low <= truth <= made.high
        raw, drawn = raw + (mean - truth) ** 2, drawn + (made.value - truth) ** 2
    assert held / many == pytest.approx(0.95, abs=0.01)
    assert drawn < 0.7 * raw
