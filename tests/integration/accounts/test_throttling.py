"""Guessing grows slow; nobody is shut out of care by somebody else's guessing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from tests.factories.post import sent
from tests.factories.sign_ins import Visitor, an_account, code_in_mail

from homeport.accounts.models import Tries
from homeport.accounts.throttle import PASSWORD, PASSWORDS_FROM_HERE, claim

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
START = 1_800_000_000


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still until it is moved."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def guess(visitor: Visitor, times: int, email: str = "mara@example.org") -> None:
    """Wrong passwords."""
    for _ in range(times):
        assert visitor.sign_in(email, "wrong password").status_code == 200


def test_after_five_guesses_even_the_right_password_waits_and_only_there() -> None:
    an_account()
    attacker, owner = Visitor("198.51.100.9"), Visitor("192.0.2.1")
    guess(attacker, 5)
    attacker.sign_in()
    assert not attacker.is_in
    owner.sign_in()
    assert owner.is_in


def test_pauses_grow(clock: time_machine.Traveller) -> None:
    an_account()
    attacker = Visitor("198.51.100.9")
    guess(attacker, 5)
    waits = []
    for _ in range(8):
        waits.append((Tries.objects.order_by("-open_at")[0].open_at.timestamp() - START) - sum(waits))
        clock.shift(waits[-1])
        guess(attacker, 1)
    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600]


def test_guessing_while_one_must_wait_prolongs_nothing(clock: time_machine.Traveller) -> None:
    an_account()
    visitor = Visitor()
    guess(visitor, 25)
    clock.shift(30)
    visitor.sign_in()
    assert visitor.is_in


def test_a_whole_network_of_guessers_does_not_shut_the_owner_out() -> None:
    an_account()
    for number in range(40):
        guess(Visitor(f"198.51.100.{number}"), 6)
    owner = Visitor("192.0.2.1")
    owner.sign_in()
    assert owner.is_in


def test_from_where_the_guessing_came_a_code_in_the_mail_still_opens() -> None:
    an_account()
    visitor = Visitor()
    guess(visitor, 20)
    visitor.post("/account/login/code/", {"email": "mara@example.org"})
    visitor.post("/account/login/code/confirm/", {"code": code_in_mail()})
    assert visitor.is_in


def test_an_account_that_is_not_there_is_counted_alike() -> None:
    an_account()
    seen = []
    for email in ("mara@example.org", "nobody@example.org"):
        visitor = Visitor("198.51.100.9")
        pages = [visitor.sign_in(email, "wrong password") for _ in range(8)]
        seen.append([(page.status_code, len(page.content.replace(email.encode(), b""))) for page in pages])
    assert seen[0] == seen[1]


def test_the_page_does_not_tell_a_wrong_password_from_a_refused_one() -> None:
    an_account()
    visitor = Visitor()
    wrong = [visitor.sign_in(password="wrong password") for _ in range(6)]
    right = visitor.sign_in()
    assert {len(page.content) for page in (*wrong, right)} == {len(right.content)}


def test_signing_in_forgets_the_tries_of_that_account_alone() -> None:
    an_account()
    visitor = Visitor()
    guess(visitor, 3)
    guess(visitor, 4, "other@example.org")
    visitor.sign_in()
    assert sorted(Tries.objects.values_list("count", flat=True)) == [4, 7]


def test_one_place_that_tries_many_accounts_slows_down_for_all(clock: time_machine.Traveller) -> None:
    an_account()
    attacker = Visitor("198.51.100.9")
    for number in range(PASSWORDS_FROM_HERE.free):
        clock.shift(3)  # below what is too often in a minute
        guess(attacker, 1, f"person{number}@example.org")
    attacker.sign_in()
    assert not attacker.is_in
    owner = Visitor("192.0.2.1")
    owner.sign_in()
    assert owner.is_in


def test_all_is_forgotten_after_a_day(clock: time_machine.Traveller) -> None:
    an_account()
    visitor = Visitor()
    guess(visitor, 5)
    clock.shift(timedelta(days=1))
    guess(visitor, 4)
    visitor.sign_in()
    assert visitor.is_in


def test_tries_are_counted_before_they_are_looked_at() -> None:
    allowed = [claim(PASSWORD, "mara@example.org", "198.51.100.9") is None for _ in range(20)]
    assert allowed.count(True) == PASSWORD.free


def test_nothing_that_is_kept_names_a_person_or_a_place() -> None:
    guess(Visitor("198.51.100.9"), 3)
    kept = " ".join(str(row) for row in Tries.objects.values_list())
    assert "mara" not in kept
    assert "198.51" not in kept


@pytest.mark.parametrize("path", ["/account/login/code/", "/account/password/reset/", "/account/signup/"])
def test_nobody_can_bury_a_stranger_in_mail_from_one_place(path: str) -> None:
    an_account()
    for _ in range(12):
        Visitor("198.51.100.9").post(
            path, {"email": "mara@example.org", "password1": "seven quiet herons wade"}
        )
    assert len(sent()) == 5
    owner = Visitor("192.0.2.1")
    owner.post("/account/login/code/", {"email": "mara@example.org"})
    assert len(sent()) == 6


def test_who_asked_for_too_much_mail_is_told_so_alike_for_every_address() -> None:
    an_account()
    seen = []
    for address in ("mara@example.org", "none@example.org"):
        for _ in range(6):
            page = Visitor().post("/account/login/code/", {"email": address})
        assert b"We have sent a few mails there" in page.content
        seen.append(len(page.content.replace(address.encode(), b"")))
    assert seen[0] == seen[1]


def test_asking_again_for_the_password_is_slowed_as_well() -> None:
    an_account()
    visitor = Visitor()
    visitor.sign_in()
    for _ in range(5):
        visitor.post("/account/reauthenticate/", {"password": "wrong password"})
    assert (
        visitor.post("/account/reauthenticate/", {"password": "seven quiet herons wade"}).status_code == 200
    )
