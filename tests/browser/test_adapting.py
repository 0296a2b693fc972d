"""Paper, forced colours, reduced motion: the page follows the person."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.factories.screens import too_wide

Visit = Callable[..., Page]


def test_on_paper_only_what_was_to_be_read_is_left(visit: Visit, picture: Callable[..., None]) -> None:
    page = visit("/library/anxious-attachment/", width=1280, scheme="dark")
    page.emulate_media(media="print")
    for gone in (".button-leave", ".button-help", ".foot", ".contents"):
        expect(page.locator(gone).first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('.prose p')).color") == "rgb(0, 0, 0)"
    picture(page, "article-print")


def test_forced_colours_keep_edges_and_answers(visit: Visit, picture: Callable[..., None]) -> None:
    page = visit("/gallery/", width=1280, forced_colors="active")
    assert page.evaluate("getComputedStyle(document.querySelector('.choice input')).appearance") == "auto"
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.button-primary')).borderTopStyle") == "solid"
    )
    picture(page, "gallery-forced-colours")


def test_motion_happens_once_and_not_for_those_who_want_none(visit: Visit) -> None:
    still = visit("/", reduced_motion="reduce")
    assert still.evaluate("document.getAnimations().length") == 0
    moving = visit("/", reduced_motion="no-preference")
    lengths = moving.evaluate(
        "document.getAnimations().map((each) => each.effect.getComputedTiming().endTime)"
    )
    assert lengths
    assert max(lengths) <= 5000, "nothing moves for longer than five seconds without being asked"


def test_text_at_twice_the_size_fits(visit: Visit) -> None:
    page = visit("/help/?country=CA&region=ON", width=640)
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert too_wide(page) <= 0
