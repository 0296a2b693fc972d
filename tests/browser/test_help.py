"""Finding help: the place is guessed, offered, and always ours to change; with scripts and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect
from pytest_django import Settings
from tests.factories.screens import too_wide

Visit = Callable[..., Page]


@pytest.mark.parametrize("javascript", [True, False])
def test_another_place_can_be_chosen(visit: Visit, javascript: bool) -> None:
    page = visit("/help/", javascript=javascript, locale="en-GB")
    expect(page.get_by_role("heading", level=1)).to_have_text("Help now in United Kingdom")
    page.get_by_text("Somewhere else?").click()
    page.get_by_label("Country").select_option("Canada")
    page.get_by_role("button", name="Show help there").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Help now in Canada")
    page.get_by_text("Change the place").click()
    page.get_by_label("Region").select_option("Alberta")
    page.get_by_role("button", name="Show help there").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Help now in Alberta, Canada")
    assert page.url.endswith("?country=CA&region=AB")


def test_the_clock_of_the_device_only_offers_and_tells_nobody(visit: Visit) -> None:
    page = visit("/help/?x=1", locale="en-GB")
    page.close()
    page = visit("about:blank", locale="en-GB", timezone_id="America/Edmonton")
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - playwright looks into what it is given
    page.goto("/help/")
    expect(page.locator("#offer")).to_contain_text("Alberta, Canada")
    expect(page.get_by_role("heading", level=1)).to_have_text("Help now in United Kingdom")
    for request in asked:
        spoken = f"{request.url} {request.post_data or ''} {request.headers}".lower()
        assert "edmonton" not in spoken
        assert "country=" not in spoken
    page.get_by_role("link", name="Yes, show help there").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Help now in Alberta, Canada")


def test_a_zone_shared_by_regions_does_not_widen_the_practices_own(visit: Visit, settings: Settings) -> None:
    settings.CRISIS_REGION = "CA-ON"
    page = visit("/help/", locale="en-CA", timezone_id="America/Toronto")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("heading", level=1)).to_have_text("Help now in Ontario, Canada")
    expect(page.locator("#offer")).to_be_hidden()


def test_who_chose_a_place_is_not_asked_again(visit: Visit) -> None:
    page = visit("/help/?country=GB", timezone_id="America/Edmonton")
    page.wait_for_load_state("networkidle")
    expect(page.locator("#offer")).to_be_hidden()


def test_the_emergency_number_comes_first_and_is_in_reach(visit: Visit) -> None:
    page = visit("/help/?country=CA")
    call = page.get_by_role("link", name="Call 911")
    assert call.get_attribute("href") == "tel:911"
    box = call.bounding_box()
    assert box
    assert box["y"] + box["height"] < 844
    first = page.locator("main a[href^='tel:'], main a[href^='sms:']").first
    assert first.get_attribute("href") == "tel:911"


@pytest.mark.parametrize("country", ["US", "CA", "DE"])
def test_everything_fits_a_small_telephone_with_letters_twice_as_large(visit: Visit, country: str) -> None:
    page = visit(f"/help/?country={country}", width=360)
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert too_wide(page) <= 0


def test_offline_a_form_waits_and_the_number_to_call_is_there(visit: Visit, settings: Settings) -> None:
    # Given somebody who types a question, and whose network goes
    settings.CRISIS_REGION = "CA-ON"
    page = visit("/therapists/", may_fail=True)
    page.get_by_text("Place, times, fee, language").click()
    page.get_by_label("What you can pay for a session, at most").fill("80")
    page.context.set_offline(True)
    expect(page.get_by_text("You are offline.")).to_be_visible()
    # When they send it all the same
    page.get_by_role("button", name="Show who fits").click()
    # Then the page stays, with what they typed and whom to call
    expect(page.get_by_label("What you can pay for a session, at most")).to_have_value("80")
    expect(page.locator("[data-offline] a[href^='tel:']")).to_be_visible()
    # And goes when there is a network again
    page.context.set_offline(False)
    expect(page.get_by_text("You are offline.")).to_be_hidden()
    page.get_by_role("button", name="Show who fits").click()
    page.wait_for_url("**/therapists/#found")
