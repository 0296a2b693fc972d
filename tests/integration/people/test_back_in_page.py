"""The manager's page for somebody who lost telephone, passkeys and recovery codes alike."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from tests.factories import people
from tests.factories.post import sent
from tests.factories.signing_in import signed_in, with_sign_in

from homeport.accounts.models import Session
from homeport.audit.models import AuditEvent
from homeport.audit.verbs import Verb
from homeport.people.models import Person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
REASON = "Seen in the room, with a passport."


@pytest.fixture
def mona() -> Person:
    people.a_practice()
    return people.a_manager("Mona")


@pytest.fixture
def lost(mona: Person) -> Person:
    person = with_sign_in(people.a_person("Ana"), "ana@example.org")
    signed_in(person)
    return person


def helped(browser: Client, email: str, reason: str = REASON) -> str:
    answer = browser.post("/practice/back-in/", {"email": email, "reason": reason}, follow=True)
    return answer.content.decode()


def test_the_factors_go_the_person_is_signed_out_and_told(mona: Person, lost: Person) -> None:
    shown = helped(signed_in(mona), "Ana@Example.org")
    assert "were told by mail" in shown
    assert not Authenticator.objects.filter(user=lost.user).exists()
    assert not Session.objects.filter(user=lost.user, ended_at=None).exists()
    assert [message.to for message in sent()] == [["ana@example.org"]]
    event = AuditEvent.objects.get(verb=Verb.REVOKE, material="second factors")
    assert (event.person_id, event.row_id, event.reason) == (mona.pk, lost.user_id, REASON)


def test_nobody_learns_who_has_an_account(mona: Person, lost: Person) -> None:
    browser = signed_in(mona)
    assert "were told by mail" in helped(browser, "nobody@example.org")
    assert sent() == []


def test_not_without_saying_how_one_made_sure(mona: Person, lost: Person) -> None:
    for reason in ("", "  yes  "):
        assert "how you made sure" in helped(signed_in(mona), "ana@example.org", reason)
    assert Authenticator.objects.filter(user=lost.user).exists()


def test_nobody_does_it_for_themselves(mona: Person) -> None:
    browser = signed_in(with_sign_in(mona, "mona@example.org"))
    assert "Somebody else must do this for you." in helped(browser, "mona@example.org")
    assert Authenticator.objects.filter(user=mona.user).exists()


def test_it_asks_again_who_is_there_before_it_shows_anything(mona: Person, lost: Person) -> None:
    browser = signed_in(mona, proved=False)
    for answer in (browser.get("/practice/back-in/"), browser.post("/practice/back-in/", {"email": "a@b.c"})):
        assert answer.status_code == 302
        assert "reauthenticate" in answer["Location"]


def test_the_way_there_is_on_the_managers_page_alone(mona: Person) -> None:
    assert "/practice/back-in/" in signed_in(mona).get("/practice/").content.decode()
    therapist = signed_in(people.a_therapist())
    assert therapist.get("/practice/back-in/").status_code == 404
