"""Every public page, in every light and width it is met in."""

import gzip
from collections.abc import Callable

import brotli
import pytest
from django.urls import reverse
from playwright.sync_api import Page, Response
from tests.factories.screens import too_wide

from homeport.content.articles import all_articles

PAGES = {
    "landing": "/",
    "library": "/library/",
    "library-search": "/library/?q=trust",
    "library-nothing": "/library/?q=xyzzyq",
    "article": "/library/attachment-theory/",
    "youth": "/youth/",
    "help": "/help/?country=CA&region=ON",
    "about": "/about/",
    "privacy": "/privacy/",
    "gallery": "/gallery/",
}
LOOKS = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
LIMIT = 60_000  # bytes of a page with all it loads, compressed

each_page = pytest.mark.parametrize("name", PAGES)
each_look = pytest.mark.parametrize(("width", "scheme"), LOOKS)
Visit = Callable[..., Page]


@each_page
@each_look
def test_is_accessible(
    visit: Visit,
    assert_accessible: Callable[[Page], None],
    picture: Callable[..., None],
    name: str,
    width: int,
    scheme: str,
) -> None:
    page = visit(PAGES[name], width=width, scheme=scheme)
    assert_accessible(page)
    picture(page, f"{name}-{width}-{scheme}")


@pytest.mark.parametrize("code", [400, 404])
def test_pages_for_mistakes_are_accessible(
    visit: Visit, assert_accessible: Callable[[Page], None], picture: Callable[..., None], code: int
) -> None:
    page = visit({400: "/help/?" + "a=1&" * 1_001, 404: "/nowhere/"}[code], may_fail=True)
    assert_accessible(page)
    assert page.get_by_role("main").get_by_role("link", name="Help now").is_visible()
    picture(page, f"error-{code}-390-light")


@each_page
def test_nothing_scrolls_sideways_on_the_narrowest_screen(visit: Visit, name: str) -> None:
    page = visit(PAGES[name], width=320)
    assert too_wide(page) <= 0


def test_no_article_scrolls_sideways(visit: Visit) -> None:
    page = visit("/", width=320)
    for article in all_articles():
        name = "article" if article.audience == "adult" else "youth-article"
        page.goto(reverse(name, args=[article.slug]))
        assert too_wide(page) <= 0, article.slug


@each_page
@pytest.mark.parametrize("javascript", [True, False])
def test_help_and_the_way_out_are_one_tap_away(visit: Visit, name: str, javascript: bool) -> None:
    page = visit(PAGES[name], javascript=javascript)
    banner = page.get_by_role("banner")
    for link in ("Help now", "Leave this site"):
        box = banner.get_by_role("link", name=link).bounding_box()
        assert box
        assert box["y"] + box["height"] < 130
        assert min(box["width"], box["height"]) >= 44


@each_page
def test_titles_tell_a_passer_by_nothing(visit: Visit, name: str) -> None:
    title = visit(PAGES[name]).title().lower()
    assert title.endswith("homeport")
    for word in ("attach", "anxi", "avoid", "suicid", "crisis", "violen", "therap", "help", "abuse"):
        assert word not in title


@each_page
def test_weighs_less_than_sixty_kilobytes(visit: Visit, name: str) -> None:
    page = visit("about:blank")
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108 - playwright looks into it
    page.goto(PAGES[name], wait_until="networkidle")
    sizes = {response.url: _on_the_wire(response) for response in responses}
    assert len(sizes) >= 3, "page, style and script at least"
    assert sum(sizes.values()) < LIMIT, sizes


def _on_the_wire(response: Response) -> int:
    """Bytes of the body as sent (the browser tells), never less than what the coding would make of it."""
    sent = response.request.sizes()["responseBodySize"]
    coding = response.headers.get("content-encoding", "")
    assert coding in {"gzip", "br"} or len(response.body()) < 1500, f"{response.url} is sent as it is"
    body = response.body()
    least = len({"gzip": gzip.compress, "br": brotli.compress}.get(coding, bytes)(body))
    return max(sent, int(least * 0.8))
