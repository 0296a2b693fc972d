"""How much one may ask without an account: enough for a person, too little for a machine, and nobody else pays for it."""

import pytest
from django.test import Client
from tests.factories.meeting import a_listed, profile_of
from tests.factories.people import a_practice
from tests.integration.directory.test_match_pages import words_of
from tests.integration.directory.test_requests import put

from homeport.directory.models import Request
from homeport.directory.services.put_request import FROM_HERE, TO_ADDRESS
from homeport.outbox.models import OutgoingMessage

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SLOWED = "That was a lot in a short time."


@pytest.fixture
def slug() -> str:
    a_practice()
    return profile_of(a_listed("Grace Gale", concerns=["grief"])).slug


def far(number: int) -> Client:
    """Somebody in another network; each client is a process of its own to the counting, which is in the database."""
    return Client(enforce_csrf_checks=True, REMOTE_ADDR=f"203.0.113.{number}")


def test_one_network_is_slowed_down_and_no_other(slug: str) -> None:
    answers = [put(slug, client=far(1), contact=f"one{n}@example.org") for n in range(FROM_HERE.free + 2)]
    assert [each.status_code for each in answers] == [200] * FROM_HERE.free + [422] * 2
    said = words_of(answers[-1])
    assert SLOWED in said
    assert "Do you work with grief?" in said, "nothing of what was written is lost"
    assert Request.objects.count() == OutgoingMessage.objects.count() == FROM_HERE.free
    assert put(slug, client=far(2), contact="two@example.org").status_code == 200


def test_nobodys_mailbox_is_filled_from_many_networks(slug: str) -> None:
    written = [
        "sam@example.org",
        "SAM@example.org",
        "sam+1@example.org",
        "sam+more@Example.org",
        "sam+2@example.org",
    ]
    answers = [put(slug, client=far(n), contact=contact) for n, contact in enumerate(written, start=1)]
    assert [each.status_code for each in answers] == [200] * TO_ADDRESS.free + [422]
    assert SLOWED in words_of(answers[-1])
    assert OutgoingMessage.objects.count() == TO_ADDRESS.free
    assert put(slug, client=far(9), contact="other@example.org").status_code == 200


def test_a_household_of_ipv6_counts_as_one(slug: str) -> None:
    clients = [
        Client(enforce_csrf_checks=True, REMOTE_ADDR=f"2001:db8:1:1::{n:x}")
        for n in range(1, FROM_HERE.free + 2)
    ]
    codes = [put(slug, client=one, contact=f"n{n}@example.org").status_code for n, one in enumerate(clients)]
    assert codes == [200] * FROM_HERE.free + [422]
