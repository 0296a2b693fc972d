"""A form that is sent after the session has timed out: nothing that was typed is lost, and nobody else gets it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from tests.factories.sign_ins import PASSWORD, Visitor, an_account

from homeport.accounts.drafts import never_kept
from homeport.accounts.models import KeptDraft
from homeport.accounts.services.forget_old import forget_old

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.urls(__name__)]
WORDS = "He never listens, and I wish that he would."
FORM = {"entry": WORDS, "version": "3", "csrfmiddlewaretoken": "x", "password": "not this"}
taken: list[dict[str, str]] = []


def diary(request: HttpRequest) -> HttpResponse:
    """A page of a room to come."""
    if request.method == "POST":
        if request.POST.get("entry") == "refused":
            return HttpResponse("no", status=422)
        taken.append(request.POST.dict())
    return HttpResponse("the diary")


@never_kept
def screen(_request: HttpRequest) -> HttpResponse:
    """A page that leaves no trace."""
    return HttpResponse("the screen")


urlpatterns = [path("diary/", diary), path("screen/", screen), path("", include("homeport.config.urls"))]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still until it is moved."""
    taken.clear()
    with time_machine.travel(1_800_000_000, tick=False) as traveller:
        yield traveller


@pytest.fixture
def late(clock: time_machine.Traveller) -> Visitor:
    """A browser whose session has timed out while somebody was writing."""
    an_account()
    visitor = Visitor()
    visitor.sign_in()
    clock.shift(timedelta(hours=2))
    return visitor


def test_what_was_typed_comes_back_after_signing_in_and_can_be_sent(late: Visitor) -> None:
    turned = late.post("/diary/?day=today", FORM)
    assert turned.headers["Location"].startswith("/account/login/?next=%2Faccount%2Fkept%2F")
    assert not taken
    answer = late.post(turned.headers["Location"], {"login": "mara@example.org", "password": PASSWORD})
    assert answer.headers["Location"] == f"/account/kept/{KeptDraft.objects.get().pk}/"
    page = late.get(answer.headers["Location"]).content.decode()
    assert WORDS in page
    assert 'action="/diary/?day=today"' in page
    assert "not this" not in page
    late.post(
        "/diary/?day=today", {"entry": WORDS, "version": "3", "kept_draft": str(KeptDraft.objects.get().pk)}
    )
    assert taken[0]["entry"] == WORDS
    assert not KeptDraft.objects.exists()


def test_it_stays_until_the_page_takes_it(late: Visitor) -> None:
    late.post("/diary/", FORM)
    late.sign_in()
    late.post("/diary/", {"entry": "refused", "kept_draft": str(KeptDraft.objects.get().pk)})
    assert KeptDraft.objects.count() == 1
    assert b"Something you wrote is kept here" in late.get("/account/").content


def test_it_lies_sealed(late: Visitor) -> None:
    late.post("/diary/", FORM)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_keptdraft")
        kept = b" ".join(bytes(part) for part in cursor.fetchone() if isinstance(part, bytes | memoryview))
    assert kept
    assert b"listens" not in kept
    assert b"diary" not in kept


def test_nobody_else_gets_it(late: Visitor) -> None:
    late.post("/diary/", FORM)
    draft = KeptDraft.objects.get()
    an_account("other@example.org")
    other = late  # the same browser, and somebody else at it
    other.sign_in("other@example.org")
    mine, never = (
        other.get(f"/account/kept/{which}/") for which in (draft.pk, "0f8fad5b-d9cb-469f-a165-70867728950e")
    )
    assert mine.headers["Location"] == never.headers["Location"] == "/account/"
    assert b"kept here" not in other.get("/account/").content
    other.post(f"/account/kept/{draft.pk}/")
    other.post("/diary/", {"entry": "mine", "kept_draft": str(draft.pk)})
    assert KeptDraft.objects.count() == 1


def test_it_can_be_thrown_away(late: Visitor) -> None:
    late.post("/diary/", FORM)
    late.sign_in()
    late.post(f"/account/kept/{KeptDraft.objects.get().pk}/")
    assert not KeptDraft.objects.exists()


def test_a_screen_that_leaves_no_trace_is_never_kept(late: Visitor) -> None:
    turned = late.post("/screen/", FORM)
    assert turned.headers["Location"].startswith("/account/login/?next=%2Faccount%2F")
    assert not KeptDraft.objects.exists()


def test_another_site_cannot_put_words_there(late: Visitor) -> None:
    late.post("/diary/", FORM, HTTP_SEC_FETCH_SITE="cross-site")
    assert not KeptDraft.objects.exists()


def test_where_we_do_not_know_whose_it_is_it_is_shown_and_kept_nowhere() -> None:
    an_account()
    page = Visitor().post("/diary/", FORM)
    assert WORDS in page.content.decode()
    assert "not this" not in page.content.decode()
    assert not KeptDraft.objects.exists()


def test_a_session_signed_out_from_elsewhere_still_finds_its_author(clock: time_machine.Traveller) -> None:
    an_account()
    here, there = Visitor(), Visitor()
    here.sign_in()
    there.sign_in()
    there.post("/account/devices/", {"sign_out": "others"})
    here.post("/diary/", FORM)
    assert KeptDraft.objects.get().user.email == "mara@example.org"


def test_a_form_from_before_signing_in_anew_is_shown_with_a_question(late: Visitor) -> None:
    strict = Visitor(client=Client(enforce_csrf_checks=True))
    page = strict.get("/account/login/")
    token = str(page.context["csrf_token"])
    strict.sign_in(csrfmiddlewaretoken=token)
    assert strict.is_in
    answer = strict.post("/diary/", {**FORM, "csrfmiddlewaretoken": "stale" * 12})
    assert answer.status_code == 403
    assert WORDS in answer.content.decode()
    assert "Is this yours?" in answer.content.decode()
    forged = strict.post(
        "/diary/", {**FORM, "csrfmiddlewaretoken": "stale" * 12}, HTTP_SEC_FETCH_SITE="cross-site"
    )
    assert forged.status_code == 403
    assert WORDS not in forged.content.decode()
    assert not taken


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(late: Visitor) -> None:
    answer = late.post("/diary/", FORM, HTTP_HX_REQUEST="true")
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/account/login/?next=")


def test_after_a_week_it_is_gone(late: Visitor, clock: time_machine.Traveller) -> None:
    late.post("/diary/", FORM)
    clock.shift(timedelta(days=7, seconds=1))
    forget_old()
    assert not KeptDraft.objects.exists()


def test_drafts_do_not_pile_up(late: Visitor) -> None:
    cookie = late.client.cookies[settings.SESSION_COOKIE_NAME].value
    for number in range(23):
        late.client.cookies[settings.SESSION_COOKIE_NAME] = cookie
        late.post("/diary/", {"entry": f"entry {number}"})
    assert KeptDraft.objects.count() == 20
