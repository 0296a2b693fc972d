"""Visitors are not followed: no cookie, no session, no question to the database about who they are."""

from contextlib import suppress

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from tests.factories.sign_ins import Visitor, an_account

from homeport.web.declared import VISITORS

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
# Tables that tell who somebody is.
PERSONAL = ("accounts_", "people_", "account_", "mfa_", "audit_", "cases_", "axes_")


def visitors_pages() -> list[str]:
    """The address of every page of the visitor's that takes no argument."""
    found = []
    for name in VISITORS:
        with suppress(NoReverseMatch):
            found.append(reverse(name))
    return found


def test_the_pages_are_found() -> None:
    assert {"/", "/library/", "/help/", "/about/", "/health/", "/check/", "/check/result/"} <= set(
        visitors_pages()
    )


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_for_everybody_sets_a_cookie_or_asks_who_is_there(method: str) -> None:
    for path in visitors_pages():
        with CaptureQueriesContext(connection) as queries:
            answer = getattr(Client(), method)(path)
        assert not answer.cookies, path
        assert "Cookie" not in answer.headers.get("Vary", ""), path
        assert not [query["sql"] for query in queries if any(name in query["sql"] for name in PERSONAL)], path


def test_not_even_of_somebody_who_is_signed_in() -> None:
    an_account()
    visitor = Visitor()
    visitor.sign_in()
    for path in visitors_pages():
        with CaptureQueriesContext(connection) as queries:
            answer = visitor.get(path)
        assert not answer.cookies, path
        assert not [query["sql"] for query in queries if any(name in query["sql"] for name in PERSONAL)], path
    assert visitor.get("/account/").status_code == 200


def test_nor_of_a_cookie_that_was_made_up() -> None:
    for value in ("x" * 32, "", "\x7f", "z" * 4000):
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = value
        with CaptureQueriesContext(connection) as queries:
            answer = client.get("/about/")
        assert answer.status_code == 200
        assert not [query["sql"] for query in queries if " FROM " in query["sql"]]


def test_everything_else_asks_to_sign_in() -> None:
    for path in (
        "/account/",
        "/account/devices/",
        "/account/contact/",
        "/account/email/",
        "/account/two-steps/",
    ):
        assert Client().get(path).headers["Location"] == f"/account/login/?next={path.replace('/', '%2F')}"


def test_looking_at_the_door_starts_no_session() -> None:
    for path in ("/account/login/", "/account/signup/", "/account/login/code/", "/account/password/reset/"):
        client = Client()
        answer = client.get(path)
        assert answer.status_code == 200
        assert set(client.cookies) == {settings.CSRF_COOKIE_NAME}
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_a_stranger_who_says_they_are_another_host_is_refused() -> None:
    assert Client().get("/account/login/", HTTP_HOST="evil.example").status_code == 400
