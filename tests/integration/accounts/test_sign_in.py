"""Coming in, by a password, a code in the mail, a link."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import hashers
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.post import sent
from tests.factories.sign_ins import PASSWORD, Visitor, an_account, code_in_mail, link_in_mail

from homeport.accounts.hashing import Argon2
from homeport.accounts.models import Session, User

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WITHOUT_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def test_a_password_opens() -> None:
    an_account()
    visitor = Visitor()
    assert visitor.sign_in().headers["Location"] == "/home/"
    assert visitor.is_in


def test_case_of_the_address_does_not_matter_that_of_the_password_does() -> None:
    an_account()
    assert Visitor().sign_in("MARA@example.org").status_code == 302
    assert Visitor().sign_in(password=PASSWORD.upper()).status_code == 200


@pytest.mark.parametrize(
    "who", ["nobody@example.org", "unproved@example.org", "closed@example.org", "passkey@example.org"]
)
def test_every_way_to_be_wrong_reads_the_same(who: str) -> None:
    an_account()
    an_account("unproved@example.org").emailaddress_set.update(verified=False)
    closed = an_account("closed@example.org")
    closed.is_active = False
    closed.save()
    an_account("passkey@example.org", password=None)
    answers = [Visitor().sign_in(each, "not the right password") for each in ("mara@example.org", who)]
    pages = [
        WITHOUT_TOKEN.sub(b"", each.content).replace(who.encode(), b"mara@example.org") for each in answers
    ]
    assert pages[0] == pages[1]
    assert answers[0].status_code == answers[1].status_code == 200
    assert not sent()


@pytest.mark.usefixtures("argon2")
@pytest.mark.parametrize("who", ["mara@example.org", "nobody@example.org", "passkey@example.org"])
def test_every_way_to_be_wrong_takes_one_hash(who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    an_account()
    an_account("passkey@example.org", password=None)
    hashed: list[str] = []
    for name in ("encode", "verify"):
        monkeypatch.setattr(Argon2, name, _counted(getattr(Argon2, name), hashed))
    Visitor().sign_in(who, "not the right password")
    assert len(hashed) == 1


@pytest.mark.parametrize(
    ("path", "field", "more"),
    [
        ("/account/login/", "login", {"password": "not the right password"}),
        ("/account/login/code/", "email", {}),
        ("/account/password/reset/", "email", {}),
        ("/account/signup/", "email", {"password1": "nine calm otters float"}),
    ],
)
def test_no_way_in_asks_the_database_more_often_of_an_address_that_is_known(
    path: str, field: str, more: dict[str, str]
) -> None:
    """No clock is needed to see it: what is asked and written down is counted."""
    known = ("mara@example.org", "unproved@example.org", "closed@example.org", "passkey@example.org")
    for who in known:
        an_account(who, password=None if who.startswith("passkey") else PASSWORD)
    EmailAddress.objects.filter(email="unproved@example.org").update(verified=False)
    User.objects.filter(email="closed@example.org").update(is_active=False)
    asked = {}
    for who in ("first@example.org", *known, "nobody@example.org"):
        visitor = Visitor()
        visitor.get(path)
        with CaptureQueriesContext(connection) as seen:
            visitor.post(path, {field: who, **more})
        asked[who] = len(seen), len(sent())
        sent().clear()
    del asked["first@example.org"]  # the first from one place makes the row that counts its tries
    assert set(asked.values()) == {asked["nobody@example.org"]}, asked


@pytest.mark.parametrize("who", ["mara@example.org", "nobody@example.org", "closed@example.org"])
def test_asking_for_a_link_makes_one_secret_whoever_asks(who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    an_account()
    closed = an_account("closed@example.org")
    closed.is_active = False
    closed.save()
    made: list[str] = []
    make = PasswordResetTokenGenerator.make_token
    monkeypatch.setattr(PasswordResetTokenGenerator, "make_token", _counted(make, made))
    Visitor().post("/account/password/reset/", {"email": who})
    assert len(made) == 1


def _counted(work: Callable[..., object], seen: list[str]) -> Callable[..., object]:
    def counted(*arguments: object) -> object:
        seen.append("hash")
        return work(*arguments)

    return counted


ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "/\\evil.example", "http:evil.example", "javascript:alert(1)",
    "evil.example", "https://testserver/account/devices/", "\t//evil.example", "/account/\r\nSet-Cookie: evil",
]  # fmt: skip


@pytest.mark.parametrize("there", ELSEWHERE)
def test_nobody_is_led_away_after_signing_in(there: str) -> None:
    an_account()
    answer = Visitor().sign_in(next=there)
    assert answer.headers["Location"].startswith(("/home/", "/account/"))
    assert not answer.headers["Location"].startswith(("//", "/\\"))
    assert "evil.example" not in answer.headers["Location"]
    assert "\n" not in answer.headers["Location"]
    assert not any("evil" in str(cookie) for cookie in answer.cookies.values())


def test_signing_in_leads_back_to_where_one_was() -> None:
    an_account()
    visitor = Visitor()
    turned = visitor.get("/account/contact/")
    assert turned.headers["Location"] == "/account/login/?next=%2Faccount%2Fcontact%2F"
    assert visitor.sign_in(next="/account/contact/").headers["Location"] == "/account/contact/"


def test_a_code_in_the_mail_opens_without_a_password() -> None:
    an_account()
    visitor = Visitor()
    visitor.post("/account/login/code/", {"email": "mara@example.org"})
    assert (
        visitor.post("/account/login/code/confirm/", {"code": code_in_mail().lower()}).headers["Location"]
        == "/home/"
    )
    assert visitor.is_in


def test_asking_for_a_code_tells_nobody_whether_there_is_an_account() -> None:
    an_account()
    seen = []
    for address in ("mara@example.org", "none@example.org"):
        visitor = Visitor()
        answer = visitor.post("/account/login/code/", {"email": address})
        page = visitor.get(answer.headers["Location"]).content
        seen.append(
            (
                answer.headers["Location"],
                WITHOUT_TOKEN.sub(b"", page).replace(address.encode(), b""),
                len(sent()),
            )
        )
        sent().clear()
    assert seen[0] == seen[1]


def test_a_link_in_the_mail_gives_a_new_password_once_and_signs_out_everywhere_else() -> None:
    an_account()
    other, visitor = Visitor(), Visitor()
    other.sign_in()
    visitor.post("/account/password/reset/", {"email": "mara@example.org"})
    link = link_in_mail()
    form = visitor.get(link).headers["Location"]
    assert "set-password" in form
    new = {"password1": "nine calm otters float", "password2": "nine calm otters float"}
    assert visitor.post(form, new).headers["Location"] == "/home/"
    assert visitor.is_in
    assert other.get("/account/").status_code == 302
    assert b"no longer good" in Visitor().get(link).content
    assert Visitor().sign_in().status_code == 200
    assert Visitor().sign_in(password="nine calm otters float").status_code == 302


def test_asking_for_a_link_tells_nobody_whether_there_is_an_account() -> None:
    an_account()
    seen = []
    for address in ("mara@example.org", "none@example.org"):
        visitor = Visitor()
        answer = visitor.post("/account/password/reset/", {"email": address})
        page = visitor.get(answer.headers["Location"]).content
        seen.append((answer.headers["Location"], WITHOUT_TOKEN.sub(b"", page), len(sent())))
        sent().clear()
    assert seen[0] == seen[1]


@pytest.mark.usefixtures("argon2")
def test_no_other_hash_is_known_in_earnest() -> None:
    assert [type(each) for each in hashers.get_hashers()] == [Argon2]


def test_signing_out_takes_a_form_and_ends_the_session() -> None:
    an_account()
    visitor = Visitor()
    visitor.sign_in()
    assert visitor.get("/account/logout/").status_code == 200
    assert visitor.is_in
    assert visitor.post("/account/logout/").headers["Location"] == "/"
    assert not [cookie for cookie in visitor.client.cookies.values() if cookie.value], (
        "nothing stays on the device"
    )
    assert not Session.objects.exists()
    assert visitor.get("/account/").headers["Location"].startswith("/account/login/")


def test_a_form_from_another_site_does_nothing() -> None:
    from django.test import Client

    an_account()
    visitor = Visitor(client=Client(enforce_csrf_checks=True))
    forged = visitor.client.post(
        "/account/login/",
        {"login": "mara@example.org", "password": PASSWORD},
        HTTP_SEC_FETCH_SITE="cross-site",
    )
    assert forged.status_code == 403
    assert b"Once more, please" in forged.content
    assert not visitor.is_in
