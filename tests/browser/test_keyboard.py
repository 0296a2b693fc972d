"""By keyboard alone: everything can be reached, seen, and is not hidden under the bar at the top."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
PATHS = ("/", "/library/", "/help/?country=CA&region=ON", "/gallery/")

FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at), after = getComputedStyle(at, "::after");
  const card = at.closest(".choice");
  const ringed = (s) => s && s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2;
  const box = at.getBoundingClientRect(), top = document.querySelector(".top");
  return {
    what: at.outerHTML.slice(0, 120),
    ring: ringed(style) || ringed(after) || ringed(card && getComputedStyle(card)),
    hidden: !top.contains(at) && !at.classList.contains("skip") && box.bottom <= top.getBoundingClientRect().bottom,
  };
}"""


def test_the_first_stop_skips_to_the_page(visit: Visit) -> None:
    page = visit("/library/", width=1280)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize("path", PATHS)
def test_every_stop_shows_where_one_is(visit: Visit, path: str) -> None:
    page = visit(path, width=1280)
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href],button:not([disabled]),select,textarea,summary,input')]"
        ".filter((each) => each.checkVisibility()).length"
    )
    stops = []
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            break
        stops.append(stop)
    # A group of radio buttons is one stop; everything else is one each.
    radios = page.locator("input[type=radio]").count()
    assert len(stops) >= wanted - radios
    assert not [stop["what"] for stop in stops if not stop["ring"]]
    assert not [stop["what"] for stop in stops if stop["hidden"]]
