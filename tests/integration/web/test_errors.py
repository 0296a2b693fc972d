"""When something goes wrong the page stays calm, tells no detail, and still leads to help."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse
from tests.factories.people import a_person
from tests.factories.signing_in import signed_in

from homeport.web.views import errors


@pytest.mark.parametrize("path", ["/nowhere/", "/library/no-such-article/", "/youth/no-such-article/"])
def test_a_missing_page_leads_on(client: Client, path: str) -> None:
    response = client.get(path)
    page = response.content.decode()
    assert response.status_code == 404
    assert "<h1>There is nothing at this address</h1>" in page
    assert page.count('href="/help/"') >= 3


def test_what_can_not_be_read_is_said_so(client: Client) -> None:
    response = client.get("/help/?" + "a=1&" * 1_001)
    assert response.status_code == 400
    assert "We could not read that" in response.content.decode()


def test_a_closed_page_is_said_so() -> None:
    response = errors.forbidden(RequestFactory().get("/"), PermissionDenied("reason of ours"))
    assert response.status_code == 403
    assert "not open to you" in response.content.decode()
    assert "reason of ours" not in response.content.decode()


def test_a_fault_of_ours_is_said_to_be_ours(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("private detail")

    monkeypatch.setattr("homeport.web.views.pages.render", broken)
    client.raise_request_exception = False
    response = client.get("/about/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "Something went wrong on our side" in page
    assert 'href="/help/"' in page
    assert "private detail" not in page
    assert response.headers["Cache-Control"] == "no-store"


def test_even_without_templates_there_is_a_page_with_a_way_to_help(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> None:
        raise RuntimeError

    monkeypatch.setattr(errors, "get_template", broken)
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert 'href="/help/"' in response.content.decode()
    assert "style=" not in response.content.decode()


@pytest.mark.django_db(databases=["default", "keys"])
def test_an_address_for_forms_alone_leads_on_when_it_is_opened() -> None:
    """Such as by whoever signed in again after the button was pressed: no empty page, and help in reach."""
    answer = signed_in(a_person()).get(reverse("calendar-feed-drop"))
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    shown = answer.content.decode()
    assert "Nothing was sent just now" in shown
    assert 'href="/help/"' in shown
