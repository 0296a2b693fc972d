"""Giving something away for good asks again who is there."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from tests.factories.sign_ins import PASSWORD, Visitor, an_account, an_app, code_in_mail

from homeport.accounts.recent import recent_authentication_required

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.urls(__name__)]
given: list[str] = []


@recent_authentication_required()
def export(request: HttpRequest) -> HttpResponse:
    """Something that gives everything away."""
    if request.method == "POST":
        given.append(request.POST["reason"])
    return HttpResponse(f"proved {request.actor.recent_auth_at:%H:%M}")  # type: ignore[attr-defined]


@recent_authentication_required(within=timedelta(seconds=30))
def key(_request: HttpRequest) -> HttpResponse:
    """Something that wants it fresher."""
    return HttpResponse("key")


urlpatterns = [path("export/", export), path("key/", key), path("", include("homeport.config.urls"))]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still until it is moved."""
    given.clear()
    with time_machine.travel(1_800_000_000, tick=False) as traveller:
        yield traveller


def test_just_after_signing_in_it_is_open_and_later_it_asks(clock: time_machine.Traveller) -> None:
    an_account()
    visitor = Visitor()
    visitor.sign_in()
    assert visitor.get("/export/").content == b"proved 08:00"
    clock.shift(31)
    assert visitor.get("/export/").status_code == 200
    assert visitor.get("/key/").status_code == 302
    clock.shift(270)
    assert visitor.get("/export/").headers["Location"] == "/account/reauthenticate/?next=%2Fexport%2F"


def test_what_was_sent_goes_on_by_itself_once_it_is_shown_who_is_there(clock: time_machine.Traveller) -> None:
    an_account()
    visitor = Visitor()
    visitor.sign_in()
    clock.shift(301)
    turned = visitor.post("/export/", {"reason": "moving house"})
    assert turned.headers["Location"] == "/account/reauthenticate/?next=%2Fexport%2F"
    assert not given
    assert visitor.post(turned.headers["Location"], {"password": "wrong"}).status_code == 200
    assert not given
    assert visitor.post(turned.headers["Location"], {"password": PASSWORD}).content == b"proved 08:05"
    assert given == ["moving house"]


def test_a_one_time_code_shows_it_too(clock: time_machine.Traveller) -> None:
    shows = an_app(an_account())
    visitor = Visitor()
    visitor.sign_in()
    visitor.post("/account/two-steps/authenticate/", {"code": shows(1_800_000_000)})
    clock.shift(301)
    there = "/account/two-steps/reauthenticate/?next=%2Fexport%2F"
    visitor.post(there, {"code": "000000"})
    assert visitor.get("/export/").status_code == 302
    visitor.post(there, {"code": shows(1_800_000_301)})
    assert visitor.get("/export/").status_code == 200


def test_who_has_neither_password_nor_passkey_signs_in_anew(clock: time_machine.Traveller) -> None:
    an_account(password=None)
    visitor = Visitor()
    visitor.post("/account/login/code/", {"email": "mara@example.org"})
    visitor.post("/account/login/code/confirm/", {"code": code_in_mail()})
    assert visitor.get("/export/").status_code == 200
    clock.shift(301)
    assert visitor.get("/export/").headers["Location"] == "/account/login/?next=%2Fexport%2F"
    assert not visitor.is_in


def test_a_stranger_is_asked_to_sign_in() -> None:
    assert Visitor().get("/export/").headers["Location"] == "/account/login/?next=%2Fexport%2F"
