"""Looking for a therapist in a real browser: calm at every width, without scripts, kept nowhere."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.factories.directory import HAMILTON, OTTAWA, a_profile
from tests.factories.people import a_practice
from tests.factories.screens import too_wide

Visit = Callable[..., Page]
Picture = Callable[..., None]
ABOUT = """I am often asked what we will *do*. We will talk, slowly, about who you reach for when it is hard.

Many people come because the same fight, or the same silence, finds them again. We look at it until it makes sense.

## You set the pace

- You can stop at any time.
- You can tell me when I get it wrong.
"""


def a_harbour() -> None:
    """Some therapists, each with something of their own."""
    a_practice()
    a_profile(
        "Tessa Marlow", greeting="Being close should not have to be so tiring.", about=ABOUT, first_time="Tea first.",
        concerns=["relationships", "abandonment", "couple", "after_abuse"], access=["step_free", "transit"],
        whereabouts="Five minutes from King station", practising_since=2009, gender="woman", lowest_fee=6000,
        places={"individual": 2, "couple": 1, "family": 0},
        offer={"sliding_scale": True, "approaches": ["eft_couples", "efit"], "populations": ["adults", "couples"]},
    )  # fmt: skip
    a_profile(
        "Rafael Ito", greeting="Some things happened long ago and are still in the room.", concerns=["trauma", "grief"],
        town="Hamilton", latitude=HAMILTON[0], longitude=HAMILTON[1], about=ABOUT, usual=0b100_100_100,
        offer={"languages": ["en", "es"], "formats": ["in_person", "video", "phone"]},
    )  # fmt: skip
    a_profile(
        "Greta Olsen", greeting="Teens and parents: nobody here is the problem.", concerns=["teen", "family", "parenting"],
        town="Ottawa", latitude=OTTAWA[0], longitude=OTTAWA[1], about=ABOUT, places={"teen": 1, "family": 2},
        offer={"languages": ["en", "fr"], "formats": ["video"]},
    )  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_list_and_a_page_are_for_everybody(
    visit: Visit, picture: Picture, assert_accessible: Callable[[Page], None], width: int, scheme: str
) -> None:
    a_harbour()
    page = visit("/therapists/", width=width, scheme=scheme)
    expect(page.get_by_role("heading", name="3 people have room now")).to_be_visible()
    assert_accessible(page)
    picture(page, f"therapists-{width}-{scheme}", full=True)
    if width < 900:
        assert too_wide(page) <= 0
    page.get_by_label("Fear of being left").check()
    page.get_by_role("button", name="Show who fits").click()
    expect(page.get_by_role("heading", name="1 person could fit")).to_be_visible()
    assert page.url.endswith("/therapists/#found")
    assert_accessible(page)
    picture(page, f"therapists-found-{width}-{scheme}", full=True)
    page.get_by_role("button", name="Tessa Marlow").click()
    expect(page.get_by_role("heading", name="Tessa Marlow")).to_be_visible()
    assert_accessible(page)
    picture(page, f"therapist-{width}-{scheme}", full=True)
    page.get_by_role("button", name="Back to your list").last.click()
    expect(page.get_by_role("heading", name="1 person could fit")).to_be_visible()
    assert page.url.endswith("/therapists/#person-tessa-marlow"), "to where they were in it"


@pytest.mark.parametrize("width", [390, 1280])
def test_nobody_fits_and_a_way_on_is_offered(
    visit: Visit, picture: Picture, assert_accessible: Callable[[Page], None], width: int
) -> None:
    a_harbour()
    page = visit("/therapists/", width=width)
    page.get_by_text("Place, times, fee, language").click()
    page.get_by_label("Language").select_option("fr")
    page.get_by_label("Weekday evenings").check()
    page.get_by_label("How would you like to meet?").select_option("phone")
    page.get_by_role("button", name="Show who fits").click()
    expect(page.get_by_role("heading", name="Nobody fits all of that right now")).to_be_visible()
    assert_accessible(page)
    picture(page, f"therapists-nobody-{width}", full=True)


def test_it_works_without_scripts(visit: Visit) -> None:
    a_harbour()
    page = visit("/therapists/", javascript=False)
    page.get_by_label("Where will you be when you meet?").select_option("CA-ON")
    page.get_by_label("Fear of being left").check()
    page.get_by_role("button", name="Show who fits").click()
    page.get_by_role("button", name="Tessa Marlow").click()
    expect(page.get_by_role("heading", name="Tessa Marlow")).to_be_visible()


def test_whoever_is_hurt_is_first_of_all_led_to_help(
    visit: Visit, picture: Picture, assert_accessible: Callable[[Page], None]
) -> None:
    a_harbour()
    page = visit("/therapists/", width=1280)
    page.get_by_text("What happened").click()
    page.get_by_label("Someone hurts me, scares me or controls me").check()
    page.get_by_role("button", name="Show who fits").click()
    help_now = page.locator("#found").get_by_role("link", name="Help now")
    expect(help_now).to_be_visible()
    expect(page.get_by_role("heading", name="2 people could fit")).to_be_visible()
    assert_accessible(page)
    picture(page, "therapists-safety-1280", full=True)
    help_now.click()
    expect(page.get_by_role("heading", name="In danger right now?")).to_be_visible()
