"""What a test asks of a page in a browser that may still be on its way: it waits for the page before it measures.

What is waited for with `wait_for_function` is written as a function: our pages forbid `eval`, so that a bare expression
can be asked once, and then no more.
"""

from playwright.sync_api import Page

WIDE = """(width) => {
  const all = document.documentElement;
  const here = document.readyState === "complete" && all && document.body && innerWidth === width;
  return here ? {wide: all.scrollWidth - all.clientWidth} : null;
}"""


def arrived(page: Page) -> Page:
    """The page, when it is there with all it loads: a press on a link ends before the next page has a single element."""
    page.wait_for_load_state("load")
    page.wait_for_function("() => document.readyState === 'complete' && document.body")
    return page


def too_wide(page: Page) -> int:
    """By how many pixels the page is wider than its window, asked when it is there and laid out for that window."""
    size = page.viewport_size
    assert size, "a page without a window has no width"
    page.wait_for_load_state("load")
    answer = page.wait_for_function(WIDE, arg=size["width"]).json_value()
    return int(answer["wide"])


def press_and_arrive(page: Page, selector: str) -> None:
    """Press what leads to another page, or to this one anew, and wait until that has arrived."""
    with page.expect_navigation(wait_until="load"):
        page.click(selector)
