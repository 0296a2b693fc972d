"""Making an account."""

import re

import pytest
from allauth.account.models import EmailAddress
from pytest_django import Settings
from tests.factories.post import sent
from tests.factories.sign_ins import PASSWORD, Visitor, an_account, code_in_mail, person_of

from homeport.accounts.models import User

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
FORM = {"email": "mara@example.org", "password1": PASSWORD}
WITHOUT_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def same(page: bytes) -> bytes:
    """The page without its guard against forged forms, which differs each time."""
    return WITHOUT_TOKEN.sub(b"", page)


def test_from_an_address_to_a_name() -> None:
    visitor = Visitor()
    assert visitor.get("/account/signup/").status_code == 200
    answer = visitor.post("/account/signup/", FORM)
    assert answer.headers["Location"] == "/account/confirm-email/"
    assert not visitor.is_in
    answer = visitor.post("/account/confirm-email/", {"code": code_in_mail()})
    assert visitor.is_in
    assert visitor.get(answer.headers["Location"]).headers["Location"].startswith("/account/about-me/?next=")
    name = {
        "name": "Mara Vance",
        "called": "Mara",
        "pronouns": "she/they",
        "language": "en",
        "zone": "America/Toronto",
    }
    answer = visitor.post("/account/about-me/?next=%2Faccount%2Fdevices%2F", name)
    assert answer.headers["Location"] == "/account/devices/"
    assert b"Hello, Mara" in visitor.get("/account/").content
    person = person_of(User.objects.get())
    assert (person.shown_name, person.pronouns, person.zone) == ("Mara", "she/they", "America/Toronto")


def test_until_somebody_says_who_they_are_nothing_else_opens() -> None:
    user = an_account(person=False)
    visitor = Visitor()
    visitor.client.force_login(user)
    for page in ("/account/", "/account/devices/", "/account/contact/", "/account/email/"):
        assert visitor.get(page).headers["Location"].startswith("/account/about-me/?next=")
    assert visitor.get("/account/logout/").status_code == 200


def test_a_wrong_code_opens_nothing_and_the_third_ends_it() -> None:
    visitor = Visitor()
    visitor.post("/account/signup/", FORM)
    right = code_in_mail()
    for _ in range(2):
        assert b"did not match" in visitor.post("/account/confirm-email/", {"code": "BBBB-BBBB"}).content
    assert (
        visitor.post("/account/confirm-email/", {"code": "BBBB-BBBB"}).headers["Location"]
        == "/account/login/"
    )
    visitor.post("/account/confirm-email/", {"code": right})
    assert not visitor.is_in


def test_the_code_is_of_no_use_in_another_browser() -> None:
    here, there = Visitor(), Visitor()
    here.post("/account/signup/", FORM)
    assert (
        there.post("/account/confirm-email/", {"code": code_in_mail()}).headers["Location"]
        == "/account/login/"
    )
    assert not there.is_in


def test_nobody_learns_whether_an_address_has_an_account() -> None:
    an_account("known@example.org")
    pages = []
    for address in ("known@example.org", "empty@example.org"):
        visitor = Visitor()
        answer = visitor.post("/account/signup/", {"email": address, "password1": PASSWORD})
        page = visitor.get(answer.headers["Location"])
        wrong = visitor.post("/account/confirm-email/", {"code": "BBBB-BBBB"})
        seen = [
            (each.status_code, same(each.content).replace(address.encode(), b"")) for each in (page, wrong)
        ]
        pages.append((answer.status_code, answer.headers["Location"], seen, len(sent())))
        sent().clear()
    assert pages[0] == pages[1]


def test_an_account_is_made_in_the_time_it_takes_to_say_that_there_is_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_account("known@example.org")
    hashed: list[str] = []
    make = User.set_password
    monkeypatch.setattr(
        User, "set_password", lambda user, raw: (hashed.append(raw or ""), make(user, raw))[1]
    )
    for address in ("known@example.org", "empty@example.org"):
        Visitor().post("/account/signup/", {"email": address, "password1": PASSWORD})
    assert hashed == [PASSWORD, PASSWORD]


def test_the_owner_of_a_known_address_is_told_and_nobody_else() -> None:
    an_account("known@example.org")
    visitor = Visitor()
    visitor.post("/account/signup/", {"email": "known@example.org", "password1": PASSWORD})
    assert "There is one already" in str(sent()[0].body)
    assert sent()[0].to == ["known@example.org"]
    assert User.objects.count() == 1


def test_a_password_that_a_stranger_chose_for_my_address_is_void_once_i_prove_it() -> None:
    stranger, owner = Visitor("198.51.100.9"), Visitor()
    stranger.post("/account/signup/", {"email": "mine@example.org", "password1": PASSWORD})
    owner.post("/account/login/code/", {"email": "mine@example.org"})
    owner.post("/account/login/code/confirm/", {"code": code_in_mail()})
    assert owner.is_in
    stranger = Visitor("198.51.100.9")
    stranger.sign_in("mine@example.org", PASSWORD)
    assert not stranger.is_in
    assert not User.objects.get().has_usable_password()


@pytest.mark.parametrize("password", ["short", "password12", "1234567890", "mara@example.org", "x" * 501])
def test_a_password_that_is_easily_guessed_is_refused_and_the_address_stays(password: str) -> None:
    page = Visitor().post("/account/signup/", {**FORM, "password1": password}).content.decode()
    assert "Please look at this once more" in page
    assert 'value="mara@example.org"' in page
    assert page.count(f'value="{password}"') == (password == FORM["email"])
    assert not User.objects.exists()


def test_a_practice_can_keep_accounts_to_invitations(settings: Settings) -> None:
    settings.SIGN_UP_OPEN = False
    visitor = Visitor()
    assert b"by invitation" in visitor.get("/account/signup/").content
    visitor.post("/account/signup/", FORM)
    assert not User.objects.exists()


def test_addresses_are_compared_without_regard_to_case() -> None:
    an_account("mara@example.org")
    Visitor().post("/account/signup/", {**FORM, "email": "Mara@Example.ORG"})
    assert User.objects.count() == EmailAddress.objects.count() == 1
