"""A form that is sent twice asks once, and is answered the second time as it was the first."""

import re

import pytest
from django.test import Client
from tests.factories.meeting import a_listed, profile_of
from tests.factories.people import a_person, a_practice
from tests.factories.signing_in import signed_in
from tests.integration.directory.test_match_pages import SEALED, Visitor, words_of
from tests.integration.directory.test_requests import ASKED, wish

from homeport.cases.models import Case
from homeport.directory.models import Request
from homeport.outbox.models import OutgoingMessage
from homeport.people.models import Person
from homeport.scheduling.models import Occupancy

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def grace() -> Person:
    a_practice()
    return a_listed("Grace Gale", concerns=["grief"])


def test_a_first_call_asked_for_twice_is_one_and_says_so_both_times(grace: Person) -> None:
    address = f"/therapists/{profile_of(grace).slug}/first-call/"
    client = Client()
    page = client.get(address).content.decode()
    found, times = SEALED.search(page), re.findall(r'name="time" value="([^"]+)"', page)
    assert found
    said = {**ASKED, "carried": found[1], "time": times[0]}
    for _ in range(2):
        answer = client.post(address, said)
        assert answer.status_code == 200, words_of(answer)
        assert "sam@example.org" in words_of(answer)
    assert Request.objects.count() == OutgoingMessage.objects.count() == Occupancy.objects.count() == 1
    later = client.post(address, said | {"contact": "other@example.org"})
    assert "other@example.org" not in words_of(later), "the link went to the first address, and nowhere else"


def test_a_question_sent_again_names_the_address_that_the_link_went_to(grace: Person) -> None:
    address = f"/therapists/{profile_of(grace).slug}/ask/"
    client = Client()
    found = SEALED.search(client.get(address).content.decode())
    assert found
    for contact in ("sam@example.org", "samuel@example.org"):
        answer = words_of(client.post(address, {**ASKED, "carried": found[1], "contact": contact}))
        assert "sam@example.org" in answer
        assert "samuel@example.org" not in answer
    assert Request.objects.count() == 1


def test_a_wish_to_begin_sent_twice_goes_to_whom_it_names_and_to_nobody_else(grace: Person) -> None:
    visitor = Visitor()
    visitor.through(concerns=["grief"], where="CA-ON")
    sealed = {"carried": SEALED.search(visitor.page.content.decode())[1]}  # type: ignore[index]
    ana = signed_in(a_person("Ana Ames"))
    ana.post(f"/therapists/{profile_of(grace).slug}/begin/", sealed, HTTP_SEC_FETCH_SITE="same-origin")
    page = ana.get("/begin/").content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    for _ in range(2):
        answer = ana.post("/begin/", {"format": "individual", "share": "on", **hidden})
        assert answer.status_code == 303
    assert Request.objects.get().to_id == grace.pk


def test_a_yes_sent_twice_opens_one_case(grace: Person) -> None:
    asked = wish(a_person("Ana Ames"), grace)
    client = signed_in(grace)
    for _ in range(2):
        assert client.post(f"/requests/{asked.pk}/accept/", {"version": asked.version}).status_code in {
            303,
            422,
        }
    assert Case.objects.count() == 1
