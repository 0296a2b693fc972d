"""Changing the address one signs in with."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from tests.factories.post import sent
from tests.factories.sign_ins import Visitor, an_account, code_in_mail

from homeport.accounts.models import User
from homeport.core.clock import now

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NEW = {"email": "new@example.org", "action_add": "yes"}


@pytest.fixture
def inside() -> Visitor:
    """A browser that is signed in."""
    an_account()
    visitor = Visitor()
    visitor.sign_in()
    return visitor


def test_the_old_one_holds_until_the_new_one_is_proved(inside: Visitor) -> None:
    inside.post("/account/email/", NEW)
    assert sent()[-1].to == ["new@example.org"]
    assert User.objects.get().email == "mara@example.org"
    inside.post("/account/confirm-email/", {"code": code_in_mail()})
    assert User.objects.get().email == "new@example.org"
    assert [address.email for address in EmailAddress.objects.all()] == ["new@example.org"]
    assert Visitor().sign_in("mara@example.org").status_code == 200
    assert Visitor().sign_in("new@example.org").status_code == 302


def test_the_old_address_is_told(inside: Visitor) -> None:
    inside.post("/account/email/", NEW)
    inside.post("/account/confirm-email/", {"code": code_in_mail()})
    assert sent()[-1].to == ["mara@example.org"]
    assert sent()[-1].subject == "Your account was changed"
    assert "new@example.org" not in str(sent()[-1].body)


def test_anothers_address_tells_nothing_before_it_is_proved(inside: Visitor) -> None:
    an_account("taken@example.org")
    seen = []
    for address in ("taken@example.org", "empty@example.org"):
        answer = inside.post("/account/email/", {**NEW, "email": address})
        page = inside.get(answer.headers["Location"])
        seen.append((answer.headers["Location"], len(page.content.replace(address.encode(), b""))))
    assert seen[0] == seen[1]
    inside.post("/account/email/", {**NEW, "email": "taken@example.org"})
    refused = inside.post("/account/confirm-email/", {"code": code_in_mail()})
    assert b"belongs to another account" in refused.content
    assert User.objects.filter(email="taken@example.org").count() == 1


def test_it_asks_again_who_is_there_after_a_while(inside: Visitor) -> None:
    with time_machine.travel(now() + timedelta(minutes=6)):
        assert inside.post("/account/email/", NEW).headers["Location"].startswith("/account/reauthenticate/")
    assert not sent()
