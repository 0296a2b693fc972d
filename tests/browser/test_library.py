"""Searching the library: while one types, and with a button where there are no scripts."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def test_results_appear_while_one_types_and_the_address_stays(visit: Visit) -> None:
    page = visit("/library/")
    page.get_by_role("searchbox").press_sequentially("therapist", delay=20)
    expect(page.locator("#found")).to_contain_text("therapist")
    expect(page.locator("#results mark").first).to_be_visible()
    assert page.url.endswith("/library/")
    page.get_by_role("searchbox").fill("")
    expect(page.locator("#shelf-understanding")).to_be_visible()


def test_the_button_searches_without_scripts_and_keeps_what_was_typed(visit: Visit) -> None:
    page = visit("/library/", javascript=False)
    page.get_by_role("searchbox").fill("therapist")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("searchbox")).to_have_value("therapist")
    expect(page.locator("#results article").nth(2)).to_be_visible()


def test_contents_lead_to_headings(visit: Visit) -> None:
    page = visit("/library/anxious-attachment/", width=1280)
    link = page.get_by_role("navigation", name="On this page").get_by_role("link").nth(1)
    link.click()
    heading = page.get_by_role("heading", name=link.inner_text(), exact=True)
    expect(heading).to_be_in_viewport()
    box = heading.bounding_box()
    assert box
    assert 60 < box["y"] < 200, "below the bar at the top, not under it"
