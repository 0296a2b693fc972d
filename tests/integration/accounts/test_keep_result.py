"""A visitor keeps the result on their screen while signing up."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from tests.factories.sign_ins import PASSWORD, Visitor, an_account, code_in_mail, person_of

from homeport.accounts.models import KeptResult, Session
from homeport.core.keys import destroy
from homeport.core.sealed import SealedError
from homeport.web.visitor.seal import seal, unseal
from homeport.web.visitor.state import Run, begin

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
KEEP = "/account/keep-result/"
NAME = {"name": "Mara", "language": "en", "zone": "America/Toronto"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still until it is moved."""
    with time_machine.travel(1_800_000_000, tick=False) as traveller:
        yield traveller


@pytest.fixture
def visit() -> str:
    """What the result page carries."""
    run = Run("mother", "attachment.homeport@1", "short", "0123456789", ((1, 4), (2, 5), (3, None)))
    journey = begin("adult")
    return seal(type(journey)(journey.key, "adult", (run,)))


def sign_up(visitor: Visitor) -> None:
    """From an address to a name."""
    visitor.post("/account/signup/", {"email": "mara@example.org", "password1": PASSWORD})
    visitor.post("/account/confirm-email/", {"code": code_in_mail()})
    visitor.post("/account/about-me/", NAME)


def test_it_is_there_once_they_are_somebody(visit: str) -> None:
    visitor = Visitor()
    answer = visitor.post(KEEP, {"visit": visit})
    assert answer.headers["Location"] == "/account/signup/?next=%2Faccount%2F"
    assert b"Your result is waiting" in visitor.get("/account/signup/").content
    visitor.post("/account/signup/", {"email": "mara@example.org", "password1": PASSWORD})
    visitor.post("/account/confirm-email/", {"code": code_in_mail()})
    assert not KeptResult.objects.exists()
    visitor.post("/account/about-me/", NAME)
    kept = KeptResult.objects.get()
    assert unseal(kept.visit).journey == unseal(visit).journey
    assert kept.person_id == person_of(Session.objects.get(user__isnull=False).user).pk  # type: ignore[arg-type]
    assert b"Your result is kept" in visitor.get("/account/").content


def test_until_then_nobody_can_read_it_not_even_in_the_database(visit: str) -> None:
    Visitor().post(KEEP, {"visit": visit})
    key = unseal(visit).journey.key
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM accounts_session")
        held = bytes(cursor.fetchone()[0])
    for trace in (visit[:40], key, "attachment", "mother"):
        assert trace.encode() not in held


def test_another_browser_gets_nothing(visit: str) -> None:
    visitor, other = Visitor(), Visitor("198.51.100.9")
    visitor.post(KEEP, {"visit": visit})
    an_account()
    other.sign_in()
    assert not KeptResult.objects.exists()


def test_who_has_an_account_keeps_it_by_signing_in(visit: str) -> None:
    user = an_account()
    visitor = Visitor()
    visitor.post(KEEP, {"visit": visit})
    asked = visitor.sign_in(next="/account/devices/").headers["Location"]
    assert asked == "/account/yours/?next=%2Faccount%2Fdevices%2F"
    assert b"Is this yours?" in visitor.get(asked).content
    led = visitor.post(asked, {"mine": "yes"}).headers["Location"]
    assert led == "/account/devices/"
    assert KeptResult.objects.get().person_id == person_of(user).pk
    assert visitor.get(asked).headers["Location"] == "/account/devices/", "asked once"


def test_whoever_signs_in_next_on_a_shared_browser_gets_nothing_unasked(visit: str) -> None:
    an_account()
    visitor = Visitor()
    visitor.post(KEEP, {"visit": visit})
    asked = visitor.sign_in().headers["Location"]
    page = visitor.get(asked).content.decode()
    assert "Mother" not in page, "what it is stays unsaid"
    visitor.get("/home/")
    visitor.get("/account/about-me/")
    visitor.post("/account/about-me/", {**NAME, "version": 1})
    assert not KeptResult.objects.exists(), "going past the question keeps nothing"
    assert visitor.post(asked, {"mine": "perhaps"}).status_code == 422
    assert visitor.post(asked, {"mine": "no"}).headers["Location"] == "/home/"
    assert "held_result" not in visitor.client.session
    assert not KeptResult.objects.exists()


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_the_question_leads_nobody_away(visit: str, there: str) -> None:
    an_account()
    visitor = Visitor()
    visitor.post(KEEP, {"visit": visit})
    visitor.sign_in()
    led = visitor.post("/account/yours/", {"mine": "no", "next": there}).headers["Location"]
    assert led == "/home/"


def test_signing_out_lets_go_of_what_waits(visit: str) -> None:
    an_account()
    visitor = Visitor()
    visitor.post(KEEP, {"visit": visit})
    visitor.sign_in()
    visitor.post("/account/logout/")
    assert "held_result" not in visitor.client.session
    assert visitor.sign_in().headers["Location"] == "/home/"


def test_who_is_signed_in_keeps_it_at_once_and_once(visit: str) -> None:
    an_account()
    visitor = Visitor()
    visitor.sign_in()
    for _ in range(2):
        assert visitor.post(KEEP, {"visit": visit}).headers["Location"] == "/account/"
    assert KeptResult.objects.count() == 1


def test_after_an_hour_it_is_gone(visit: str, clock: time_machine.Traveller) -> None:
    an_account()
    visitor = Visitor()
    visitor.post(KEEP, {"visit": visit})
    for _ in range(3):
        clock.shift(20 * 60)
        visitor.get("/account/login/")
        visitor.post("/account/login/code/", {"email": f"{_}@example.org"})
    visitor = Visitor(client=visitor.client)
    visitor.post("/account/logout/")
    visitor.sign_in()
    assert visitor.is_in
    assert not KeptResult.objects.exists()


def test_it_can_be_let_go(visit: str) -> None:
    visitor = Visitor()
    visitor.post(KEEP, {"visit": visit})
    visitor.post("/account/let-go/")
    sign_up(visitor)
    assert not KeptResult.objects.exists()


@pytest.mark.parametrize("forged", ["", "x", "a" * 9000, "eyJhIjoxfQ:1abc:forged"])
def test_what_is_not_ours_is_not_held(forged: str) -> None:
    visitor = Visitor()
    assert visitor.post(KEEP, {"visit": forged}).status_code == 400
    assert "held_result" not in visitor.client.session


def test_another_site_cannot_put_a_result_into_my_account(visit: str) -> None:
    an_account()
    visitor = Visitor()
    visitor.sign_in()
    assert visitor.post(KEEP, {"visit": visit}, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert Client().post(KEEP, {"visit": visit}).status_code == 403
    assert not KeptResult.objects.exists()


def test_it_is_erased_with_the_persons_key(visit: str) -> None:
    user = an_account()
    visitor = Visitor()
    visitor.sign_in()
    visitor.post(KEEP, {"visit": visit})
    destroy(f"person:{person_of(user).pk}")
    with pytest.raises(Exception, match="erased") as raised:
        _ = KeptResult.objects.get().visit
    assert not isinstance(raised.value, SealedError)


def test_somebody_elses_row_does_not_open_it(visit: str) -> None:
    user = an_account()
    visitor = Visitor()
    visitor.sign_in()
    visitor.post(KEEP, {"visit": visit})
    moved = KeptResult(person_id=person_of(user).pk, digest="x", visit="other")
    moved.save()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_keptresult SET visit = (SELECT visit FROM accounts_keptresult WHERE digest <> 'x') "
            "WHERE digest = 'x'"
        )
    with pytest.raises(SealedError):
        _ = KeptResult.objects.get(digest="x").visit
