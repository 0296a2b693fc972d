"""What browsers and caches are told about every page."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from homeport.web.middleware import PrivateByDefault, open_page

OPEN = ("/", "/library/", "/youth/", "/help/", "/about/", "/privacy/")
KEPT = ("/library/attachment-theory/",)
PRIVATE = ("/gallery/", "/nowhere/", "/library/no-such-article/")


@pytest.mark.parametrize("path", [*OPEN, *KEPT, *PRIVATE])
def test_every_page_is_closed_to_everything_foreign(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert headers["X-Frame-Options"] == "DENY"
    for feature in ("camera", "microphone", "geolocation", "browsing-topics"):
        assert f"{feature}=()" in headers["Permissions-Policy"]
    assert "Set-Cookie" not in headers


def test_what_is_refused_at_the_door_is_closed_to_everything_foreign_too(client: Client) -> None:
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "evil.example" not in answer.content.decode()


@pytest.mark.parametrize("path", OPEN)
def test_open_pages_are_found_but_never_kept(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert "X-Robots-Tag" not in headers


@pytest.mark.parametrize("path", KEPT)
def test_articles_may_be_kept_for_ten_minutes(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Cache-Control"] == "public, max-age=600"
    assert "X-Robots-Tag" not in headers


@pytest.mark.parametrize("path", PRIVATE)
def test_everything_else_is_neither_kept_nor_found(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def _answer(view: object, request: HttpRequest, response: HttpResponse) -> HttpResponse:
    middleware = PrivateByDefault(lambda _: response)
    middleware.process_view(request, view, (), {})  # type: ignore[arg-type]
    return middleware(request)


def test_a_view_that_forgot_to_ask_is_not_published_by_its_own_headers() -> None:
    response = HttpResponse(headers={"Cache-Control": "public, max-age=99999"})
    answer = _answer(lambda request: response, RequestFactory().get("/"), response)
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_is_posted_or_went_wrong_is_private_even_on_an_open_page() -> None:
    @open_page(cache_seconds=60)
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    kept = _answer(view, RequestFactory().get("/"), HttpResponse())
    posted = _answer(view, RequestFactory().post("/"), HttpResponse())
    wrong = _answer(view, RequestFactory().get("/"), HttpResponse(status=404))
    assert kept.headers["Cache-Control"] == "public, max-age=60"
    assert posted.headers["Cache-Control"] == wrong.headers["Cache-Control"] == "no-store"
    assert wrong.headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("path", [*OPEN, *KEPT, "/gallery/", "/help/zones.json"])
def test_a_page_is_for_reading_alone(client: Client, path: str) -> None:
    assert client.head(path).status_code == 200
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"):
        answer = client.generic(method, path, b"made-up")
        assert (answer.status_code, answer.content) == (405, b"")
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/", {"HTTP_HOST": "evil.example"}),
        ("/", {"HTTP_HOST": "localhost@evil.example"}),
        ("/library/?" + "q=a&" * 2_000, {}),
    ],
)
def test_a_strange_request_is_refused_without_a_line(
    client: Client, capfd: pytest.CaptureFixture[str], path: str, more: dict[str, str]
) -> None:
    assert client.get(path, **more).status_code == 400
    assert capfd.readouterr() == ("", "")
