"""Sessions: what the database holds, how long they last, and ending them elsewhere."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.sign_ins import Visitor, an_account

from homeport.accounts.models import Session, User
from homeport.accounts.services.forget_old import forget_old
from homeport.accounts.sessions import SessionStore, key_hash

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still until it is moved."""
    with time_machine.travel(1_800_000_000, tick=False) as traveller:
        yield traveller


@pytest.fixture
def inside() -> Visitor:
    """A browser that is signed in."""
    an_account()
    visitor = Visitor(client=Client(HTTP_USER_AGENT=FIREFOX))
    visitor.sign_in()
    return visitor


def test_the_database_holds_neither_a_key_to_a_session_nor_what_is_in_it(inside: Visitor) -> None:
    key = inside.client.cookies[settings.SESSION_COOKIE_NAME].value
    row = Session.objects.get(user__isnull=False)
    assert row.key_hash == key_hash(key) != key
    for stolen in (row.key_hash, row.key_hash[:32]):
        thief = Visitor()
        thief.client.cookies[settings.SESSION_COOKIE_NAME] = stolen
        assert thief.get("/account/").status_code == 302
    assert str(row.user_id).encode() not in bytes(row.sealed)
    assert b"mara" not in bytes(row.sealed)


def test_a_session_moved_to_another_row_does_not_open(inside: Visitor) -> None:
    other = SessionStore()
    other["_auth_user_id"] = str(User.objects.get().pk)
    other.save()
    Session.objects.filter(key_hash=key_hash(other.session_key or "")).update(
        sealed=Session.objects.exclude(key_hash=key_hash(other.session_key or ""))
        .get(user__isnull=False)
        .sealed
    )
    assert SessionStore(other.session_key).load() == {}


def test_it_keeps_what_is_put_in_and_forgets_what_is_flushed() -> None:
    store = SessionStore()
    store["words"] = {"a": [1, "ü"]}
    store.save()
    assert SessionStore(store.session_key)["words"] == {"a": [1, "ü"]}
    before = store.session_key
    store.cycle_key()
    store.save()
    assert SessionStore(before).load() == {}
    assert SessionStore(store.session_key)["words"] == {"a": [1, "ü"]}
    store.flush()
    assert not Session.objects.exists()


@pytest.mark.parametrize("key", ["", "short", "x" * 5_000, "../../etc/passwd", "0" * 32, "\x00" * 32])
def test_a_key_that_is_none_opens_nothing(key: str) -> None:
    assert SessionStore(key).load() == {}


def test_it_times_out_when_nobody_is_there(inside: Visitor, clock: time_machine.Traveller) -> None:
    for _ in range(3):
        clock.shift(timedelta(minutes=29))
        assert inside.get("/account/").status_code == 200
    clock.shift(timedelta(minutes=30))
    assert inside.get("/account/").headers["Location"].startswith("/account/login/")


def test_it_ends_after_half_a_day_however_busy(inside: Visitor, clock: time_machine.Traveller) -> None:
    for _ in range(47):
        clock.shift(timedelta(minutes=15))
        assert inside.get("/account/").status_code == 200
    clock.shift(timedelta(minutes=15))
    assert inside.get("/account/").status_code == 302


def test_a_sign_of_life_is_written_once_a_minute(inside: Visitor, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(minutes=2))
    with CaptureQueriesContext(
        connection,
    ) as first:
        inside.get("/account/devices/")
    with CaptureQueriesContext(connection) as second:
        inside.get("/account/devices/")
    assert len(first) == len(second) + 1
    assert not any(query["sql"].startswith("UPDATE") for query in second)


def test_a_signed_in_page_costs_four_queries_before_its_own(inside: Visitor) -> None:
    with CaptureQueriesContext(connection) as queries:
        inside.get("/account/password/change/")
    # The session; the user with the second factors; the person; their standing, which the entries of the bar hang on.
    assert len([query for query in queries if " FROM " in query["sql"]]) == 4


def test_devices_are_listed_and_one_can_be_signed_out(inside: Visitor) -> None:
    other = Visitor()
    other.sign_in()
    page = inside.get("/account/devices/")
    assert [device.is_this_one for device in page.context["devices"]] == [True, False]
    assert b"Firefox on Linux" in page.content
    assert b"140" not in page.content.partition(b"<main")[2]
    inside.post("/account/devices/", {"sign_out": page.context["devices"][1].key_hash})
    assert other.get("/account/").status_code == 302
    assert inside.get("/account/").status_code == 200


def test_nobody_signs_out_somebody_else(inside: Visitor) -> None:
    an_account("other@example.org")
    other = Visitor()
    other.sign_in("other@example.org")
    theirs = Session.objects.get(user__email="other@example.org")
    inside.post("/account/devices/", {"sign_out": theirs.key_hash})
    assert other.get("/account/").status_code == 200


def test_all_others_can_be_signed_out(inside: Visitor) -> None:
    others = [Visitor() for _ in range(3)]
    for other in others:
        other.sign_in()
    inside.post("/account/devices/", {"sign_out": "others"})
    assert [other.get("/account/").status_code for other in others] == [302] * 3
    assert inside.get("/account/").status_code == 200
    assert len(inside.get("/account/devices/").context["devices"]) == 1


def test_everywhere_means_here_too(inside: Visitor) -> None:
    other = Visitor()
    other.sign_in()
    assert (
        inside.post("/account/devices/", {"sign_out": "everywhere"}).headers["Location"] == "/account/login/"
    )
    assert [each.get("/account/").status_code for each in (inside, other)] == [302, 302]


def test_raising_the_epoch_ends_a_session_that_no_row_tells_of(inside: Visitor) -> None:
    user = User.objects.get()
    user.session_epoch += 1
    user.save()
    assert inside.get("/account/").status_code == 302


def test_a_changed_password_signs_out_everywhere_else(inside: Visitor) -> None:
    other = Visitor()
    other.sign_in()
    new = "nine calm otters float"
    old = "seven quiet herons wade"
    inside.post("/account/password/change/", {"oldpassword": old, "password1": new, "password2": new})
    assert inside.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


def test_a_session_that_was_ended_meanwhile_stays_ended(inside: Visitor) -> None:
    key = inside.client.cookies[settings.SESSION_COOKIE_NAME].value
    store = SessionStore(key)
    store["late"] = True
    from homeport.core.clock import now

    Session.objects.filter(key_hash=key_hash(key)).update(ended_at=now())
    with pytest.raises(UpdateError):
        store.save()
    assert SessionStore(key).load() == {}


def test_signing_in_gives_a_new_key(inside: Visitor) -> None:
    visitor = Visitor()
    visitor.get("/account/two-steps/webauthn/login/", HTTP_ACCEPT="application/json")
    before = visitor.client.cookies[settings.SESSION_COOKIE_NAME].value
    visitor.sign_in()
    assert visitor.client.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_cookies_are_closed_to_scripts_and_to_other_sites(inside: Visitor) -> None:
    visitor = Visitor()
    visitor.get("/account/login/")
    visitor.sign_in()
    assert set(visitor.client.cookies) == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    for cookie in visitor.client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]
        assert not cookie["max-age"], "it ends with the browser"


def test_a_day_after_its_end_nothing_of_a_session_is_left(
    inside: Visitor, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(hours=24))
    forget_old()
    assert Session.objects.exists()
    clock.shift(timedelta(hours=1))
    forget_old()
    assert not Session.objects.exists()


def test_a_session_of_nobody_is_gone_once_it_is_over(clock: time_machine.Traveller) -> None:
    Visitor().get("/account/two-steps/webauthn/login/", HTTP_ACCEPT="application/json")
    assert Session.objects.get().user is None
    clock.shift(timedelta(minutes=31))
    forget_old()
    assert not Session.objects.exists()


def test_an_address_that_was_never_proved_is_forgotten_after_a_week(clock: time_machine.Traveller) -> None:
    an_account("kept@example.org")
    an_account("unproved@example.org", person=False).emailaddress_set.update(verified=False)
    clock.shift(timedelta(days=8))
    forget_old()
    assert list(User.objects.values_list("email", flat=True)) == ["kept@example.org"]
