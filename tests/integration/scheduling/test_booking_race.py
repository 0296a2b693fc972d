"""Thirty-two clients want one time in the same moment: one gets it, and the others are told what else is free."""

import os

import pytest
from tests.factories.booking_race import CLIENTS, race
from tests.postgres import cluster


def the_database() -> str:
    """The one that this run is about; each gets an installation of its own, with real connections."""
    return "postgresql" if os.environ.get("HOMEPORT_TEST_DATABASE") == "postgresql" else "sqlite"


def test_one_of_thirty_two_gets_the_time() -> None:
    if the_database() == "postgresql" and cluster.binaries() is None:
        pytest.skip("there is no PostgreSQL here: apt-get install postgresql")
    came = race(the_database(), slots=1, wanted=CLIENTS)
    told = came["outcomes"]
    assert [one for one in told if one[3] == "error"] == []
    for slot in range(1):
        got = [one[4] for one in told if one[0] == slot and one[3] == "got"]
        others = [one[4] for one in told if one[0] == slot and one[3] == "taken"]
        assert len(got) == 1
        assert others == [3] * (CLIENTS - 1)
        assert got[0].replace("-", "") in came["booked"]
        assert got[0].replace("-", "") in came["occupied"]
    assert came["overlapping"] == 0
    assert sorted(came["booked"]) == came["occupied"]
