"""Telling places and devices apart, without being able to find one."""

import pytest
from django.test import RequestFactory

from homeport.accounts.origin import device_of, is_same_site, network_of, origin_of

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/26.0 Mobile/15E148 Safari/604.1"
)
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0"
request = RequestFactory()


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "Firefox on Linux"),
        (CHROME, "Chrome on Android"),
        (SAFARI, "Safari on iPhone"),
        (EDGE, "Edge on Windows"),
        ("curl/8.1", ""),
        ("", ""),
        ("Firefox/" + "9" * 100_000, "Firefox"),
    ],
)
def test_a_device_is_called_as_a_person_would(agent: str, device: str) -> None:
    assert device_of(request.get("/", HTTP_USER_AGENT=agent)) == device


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_a_household_is_one_network(address: str, network: str) -> None:
    assert network_of(request.get("/", REMOTE_ADDR=address)) == network


def test_a_header_that_anybody_can_write_moves_nobody() -> None:
    here = request.get("/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert network_of(here) == "192.0.2.7"


def test_the_digest_tells_places_apart_and_holds_no_address() -> None:
    here, there = (request.get("/", REMOTE_ADDR=address) for address in ("192.0.2.7", "192.0.2.8"))
    assert origin_of(here) == origin_of(here) != origin_of(there)
    assert "192" not in origin_of(here)[:3]
    assert len(origin_of(here)) == 32


@pytest.mark.parametrize(
    ("headers", "same"),
    [
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, True),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, False),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, False),
        ({"HTTP_SEC_FETCH_SITE": "none"}, False),
        ({"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"}, False),
        ({"HTTP_ORIGIN": "http://testserver"}, True),
        ({"HTTP_ORIGIN": "https://testserver"}, False),
        ({"HTTP_ORIGIN": "null"}, False),
        ({}, False),
    ],
)
def test_only_our_own_pages_send_forms_that_are_kept(headers: dict[str, str], same: bool) -> None:
    assert is_same_site(request.post("/", **headers)) is same
