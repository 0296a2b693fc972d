"""The quick exit, with scripts and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from homeport.web.shell import EXIT_ADDRESS

Visit = Callable[..., Page]


@pytest.fixture
def leave_from(visit: Visit) -> Callable[..., tuple[Page, list[str | None]]]:
    """A page of ours with one before it, and a stand-in for the place the exit leads to."""

    def start(*, javascript: bool) -> tuple[Page, list[str | None]]:
        page = visit("/about/", javascript=javascript, allowed=(EXIT_ADDRESS,))
        told: list[str | None] = []

        def stand_in(route: Route) -> None:
            told.append(route.request.headers.get("referer"))
            route.fulfill(body="<title>Elsewhere</title>", content_type="text/html")

        page.context.route(EXIT_ADDRESS, stand_in)
        page.goto("/privacy/")
        return page, told

    return start


@pytest.mark.parametrize("javascript", [True, False])
def test_one_tap_leads_away_and_does_not_say_where_from(
    leave_from: Callable[..., tuple[Page, list[str | None]]], javascript: bool
) -> None:
    page, told = leave_from(javascript=javascript)
    page.get_by_role("link", name="Leave this site").click()
    page.wait_for_url(EXIT_ADDRESS)
    assert told == [None]


def test_with_scripts_the_page_is_gone_from_the_way_back(
    leave_from: Callable[..., tuple[Page, list[str | None]]],
) -> None:
    page, _ = leave_from(javascript=True)
    page.get_by_role("link", name="Leave this site").click()
    page.wait_for_url(EXIT_ADDRESS)
    page.go_back()
    page.wait_for_url("**/about/")


def test_escape_twice_leads_away_and_once_does_not(
    leave_from: Callable[..., tuple[Page, list[str | None]]],
) -> None:
    page, _ = leave_from(javascript=True)
    page.keyboard.press("Escape")
    page.wait_for_timeout(1700)
    page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    assert page.url.endswith("/privacy/")
    # All at once: between two presses from here a slow machine may let more time pass than the page allows. More than two,
    # as a hand in haste does: they do not begin the way anew.
    page.evaluate(
        "[1, 2, 3].forEach(() => document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true})))"
    )
    page.wait_for_url(EXIT_ADDRESS)


def test_every_page_a_visitor_sees_has_it(visit: Visit) -> None:
    for path in (
        "/",
        "/library/",
        "/library/secure-attachment/",
        "/youth/",
        "/help/",
        "/about/",
        "/privacy/",
    ):
        page = visit(path)
        link = page.get_by_role("link", name="Leave this site")
        assert link.get_attribute("href") == EXIT_ADDRESS
        assert "noreferrer" in (link.get_attribute("rel") or "")
