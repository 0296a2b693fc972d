"""The hour of a first call is shown by the clock of whoever asks, on every page that says it."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.meeting import a_listed, profile_of
from tests.factories.people import a_practice
from tests.integration.directory.test_match_pages import words_of
from tests.integration.directory.test_requests import by_link, put, secret_in

from homeport.directory.models import Request
from homeport.outbox.models import OutgoingMessage
from homeport.people.models import Person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
VANCOUVER = ZoneInfo("America/Vancouver")


@pytest.fixture
def slug() -> str:
    a_practice()
    grace = a_listed("Grace Gale", concerns=["grief"])
    Person.objects.filter(pk=grace.pk).update(zone="America/Vancouver")
    return profile_of(grace).slug


def test_the_times_to_choose_from_are_those_of_the_clock_that_is_named(slug: str) -> None:
    page = Client().get(f"/therapists/{slug}/first-call/")
    body = page.content.decode()
    offered = re.findall(r'name="time" value="(\d{8}T\d{4})-', body)
    shown = re.findall(r'<span class="hidden">[^<]+, </span>(\d\d:\d\d)</span>', body)
    wanted = [
        f"{datetime.strptime(code + '+0000', '%Y%m%dT%H%M%z').astimezone(VANCOUVER):%H:%M}"
        for code in offered
    ]
    assert offered
    assert shown == wanted
    assert "On the clock of Vancouver." in words_of(page)


def test_what_is_kept_and_what_was_asked_say_the_same_hour(slug: str) -> None:
    kept = words_of(put(slug, "first-call"))
    asked = Request.objects.get()
    assert asked.call_at is not None
    here = timezone.make_naive(asked.call_at, VANCOUVER)
    assert f"{here:%H:%M} for you" in kept
    mine = words_of(by_link(secret_in(OutgoingMessage.objects.get())))
    assert f"{here:%H:%M} (clock of Vancouver)" in mine
