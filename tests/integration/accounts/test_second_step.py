"""One-time codes, recovery codes, and those who must have them."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from tests.factories.post import sent
from tests.factories.sign_ins import PASSWORD, Visitor, an_account, an_app, code_in_mail

from homeport.accounts.models import User
from homeport.people.models import Role
from homeport.people.models.role_holding import STAFF

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
STEP = "/account/two-steps/authenticate/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still until it is moved."""
    with time_machine.travel(1_800_000_000, tick=False) as traveller:
        yield traveller


def recovery_codes(user: User) -> list[str]:
    """The codes of a user, made now."""
    return list(RecoveryCodes.activate(user).get_unused_codes())


def at_second_step(visitor: Visitor) -> Visitor:
    """A browser that has shown the right password."""
    assert visitor.sign_in().headers["Location"] == STEP
    assert not visitor.is_in
    return visitor


def test_a_password_alone_no_longer_opens() -> None:
    shows = an_app(an_account())
    visitor = at_second_step(Visitor())
    assert visitor.get("/account/").status_code == 302
    assert visitor.post(STEP, {"code": shows(time.time())}).headers["Location"] == "/home/"
    assert visitor.is_in


def test_a_code_in_the_mail_is_no_way_round_it() -> None:
    an_app(an_account())
    visitor = Visitor()
    visitor.post("/account/login/code/", {"email": "mara@example.org"})
    assert visitor.post("/account/login/code/confirm/", {"code": code_in_mail()}).headers["Location"] == STEP
    assert not visitor.is_in


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_clock_may_be_half_a_minute_off(seconds: int) -> None:
    shows = an_app(an_account())
    visitor = at_second_step(Visitor())
    visitor.post(STEP, {"code": shows(time.time() + seconds)})
    assert visitor.is_in


@pytest.mark.parametrize("seconds", [-60, 60, 3600])
def test_and_no_more(seconds: int) -> None:
    shows = an_app(an_account())
    visitor = at_second_step(Visitor())
    visitor.post(STEP, {"code": shows(time.time() + seconds)})
    assert not visitor.is_in


def test_a_one_time_code_works_once(clock: time_machine.Traveller) -> None:
    shows = an_app(an_account())
    code = shows(time.time())
    first, second = at_second_step(Visitor()), at_second_step(Visitor())
    first.post(STEP, {"code": code})
    second.post(STEP, {"code": code})
    assert (first.is_in, second.is_in) == (True, False)
    clock.shift(30)
    second.post(STEP, {"code": code})
    assert not second.is_in
    second.post(STEP, {"code": shows(time.time())})
    assert second.is_in


def test_a_recovery_code_works_once_however_it_is_typed() -> None:
    user = an_account()
    an_app(user)
    code = recovery_codes(user)[3]
    assert len(code) == 12
    visitor = at_second_step(Visitor())
    visitor.post(STEP, {"code": f" {code[:4]} {code[4:8]}-{code[8:]}"})
    assert visitor.is_in
    again = at_second_step(Visitor())
    again.post(STEP, {"code": code})
    assert not again.is_in


def test_who_knows_the_password_and_guesses_codes_shuts_nobody_out() -> None:
    user = an_account()
    an_app(user)
    code = recovery_codes(user)[0]
    for number in range(12):
        attacker = at_second_step(Visitor(f"198.51.100.{number}"))
        for guess in range(6):
            attacker.post(STEP, {"code": f"{number:03d}{guess:03d}"})
            assert not attacker.is_in
    owner = at_second_step(Visitor("192.0.2.1"))
    owner.post(STEP, {"code": code})
    assert owner.is_in


def test_guessing_six_digits_is_limited_for_the_account_as_a_whole() -> None:
    shows = an_app(an_account())
    for number in range(6):
        attacker = at_second_step(Visitor(f"198.51.100.{number}"))
        for guess in range(5):
            attacker.post(STEP, {"code": f"{number:03d}{guess:03d}"})
    visitor = at_second_step(Visitor("192.0.2.1"))
    assert b"tried a few times" in visitor.post(STEP, {"code": shows(time.time())}).content
    assert not visitor.is_in


def test_secrets_lie_sealed_in_the_database() -> None:
    user = an_account()
    shows = an_app(user)
    codes = recovery_codes(user)
    for row in Authenticator.objects.filter(user=user):
        kept = str(row.data)
        assert not any(code in kept for code in codes)
        held = row.data.get("secret") or row.data["seed"]
        with pytest.raises(Exception):  # noqa: B017, PT011 - whatever it is, it is no usable secret
            assert format_hotp_value(hotp_value(held, int(time.time()) // 30)) == shows(time.time())


def set_up_an_app(visitor: Visitor) -> Any:
    """Go through the page that adds an app."""
    page = visitor.get("/account/two-steps/totp/activate/")
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    return visitor.post("/account/two-steps/totp/activate/", {"code": code})


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_adding_an_app_gives_recovery_codes_and_a_mail() -> None:
    an_account()
    visitor = Visitor()
    visitor.sign_in()
    answer = set_up_an_app(visitor)
    assert answer.headers["Location"] == "/account/two-steps/recovery-codes/"
    page = visitor.get("/account/two-steps/recovery-codes/")
    assert len(page.context["unused_codes"]) == 10
    assert [message.subject for message in sent()] == ["Your account was changed"]


@pytest.mark.parametrize("role", sorted(STAFF))
def test_who_works_here_can_do_nothing_before_they_have_a_second_factor(role: Role) -> None:
    an_account("mara@example.org", role)
    visitor = Visitor()
    visitor.sign_in()
    for page in (
        "/account/",
        "/account/devices/",
        "/account/contact/",
        "/account/email/",
        "/account/password/change/",
    ):
        assert visitor.get(page).headers["Location"] == "/account/two-steps/"
        assert visitor.post(page, {"name": "x"}).headers["Location"] == "/account/two-steps/"
    assert b"One thing before you start" in visitor.get("/account/two-steps/").content
    set_up_an_app(visitor)
    assert visitor.get("/account/").status_code == 200


def test_a_role_given_while_somebody_is_signed_in_asks_for_it_at_once() -> None:
    from tests.factories.sign_ins import SYSTEM, person_of

    from homeport.people.services.hold_role import give_role

    user = an_account()
    visitor = Visitor()
    visitor.sign_in()
    assert visitor.get("/account/").status_code == 200
    give_role(actor=SYSTEM, person=person_of(user), role=Role.THERAPIST)
    assert visitor.get("/account/").headers["Location"] == "/account/two-steps/"


def test_clients_choose_for_themselves() -> None:
    an_account("mara@example.org", Role.CLIENT)
    visitor = Visitor()
    visitor.sign_in()
    assert visitor.get("/account/").status_code == 200


def test_a_change_to_the_ways_in_asks_again_after_a_while(clock: time_machine.Traveller) -> None:
    an_account()
    visitor = Visitor()
    visitor.sign_in()
    assert visitor.get("/account/two-steps/totp/activate/").status_code == 200
    clock.shift(301)
    turned = visitor.get("/account/two-steps/totp/activate/")
    assert turned.headers["Location"].startswith("/account/reauthenticate/?next=")
    visitor.post(turned.headers["Location"], {"password": PASSWORD})
    assert visitor.get("/account/two-steps/totp/activate/").status_code == 200
