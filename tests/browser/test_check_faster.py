"""What the small script adds: a tap goes on, digits answer, arrows only choose, the focus follows, Back goes one back."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, expect
from tests.factories.screens import arrived

from homeport.web.visitor import questions, stencil

Visit = Callable[..., Page]


@pytest.fixture(autouse=True)
def _drawn_anew() -> Iterator[None]:
    stencil.forget()
    questions.forget()
    yield
    stencil.forget()
    questions.forget()


@pytest.fixture
def asked(visit: Visit) -> Callable[..., Page]:
    """The first question about a mother. ``on_the_way``: what the page is to meet with from its first screen on."""

    def begin(*, on_the_way: Callable[[Page], None] = lambda _page: None, **options: object) -> Page:
        page = visit("/check/", **options)
        on_the_way(page)
        page.get_by_label("18 or over").check()
        page.get_by_role("button", name="Go on").click()
        page.get_by_label(re.compile("My mother")).check()
        page.get_by_role("button", name="Start").click()
        expect(page.locator("#count")).to_have_text("Question 1 of 24")
        return page

    return begin


def at(page: Page, number: int) -> None:
    expect(page.locator("#count")).to_have_text(f"Question {number} of 24")


def test_by_keyboard_alone_from_the_front_to_the_result(
    visit: Visit, assert_accessible: Callable[[Page], None]
) -> None:
    page = visit("/check/", width=1280)
    page.locator("h1").wait_for()
    while page.evaluate("document.activeElement.name") != "age":
        page.keyboard.press("Tab")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    expect(page.locator('input[value="adult"]')).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who would you like to think of?")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "mother"
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    at(page, 1)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    # The first one with the arrows and Enter, the rest with digits.
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    at(page, 1)
    page.keyboard.press("Enter")
    for number in range(2, 25):
        at(page, number)
        page.keyboard.press(str(number % 5 + 1))
    expect(page.get_by_role("heading", level=1)).to_have_text("That was the last line about your mother")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".whom")).to_have_text("About your mother")
    assert_accessible(page)


def test_a_tap_on_an_answer_goes_on(asked: Callable[..., Page]) -> None:
    page = asked(has_touch=True)
    page.locator(".choice").nth(3).tap()
    at(page, 2)
    page.locator('input[value="2"]').tap()
    at(page, 3)


def test_a_click_on_the_circle_or_on_the_words_goes_on_once(asked: Callable[..., Page]) -> None:
    page = asked(width=1280)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.locator('input[value="2"]').click()
    at(page, 2)
    page.get_by_text("Very much like me").click()
    at(page, 3)
    assert sent == ["POST", "POST"]


def test_arrows_and_space_only_choose(asked: Callable[..., Page]) -> None:
    page = asked(width=1280)
    page.locator('input[value="1"]').focus()
    for key in ("Space", "ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    expect(page.locator('input[value="2"]')).to_be_checked()
    page.wait_for_timeout(300)
    at(page, 1)


def test_digits_answer_and_only_those_that_are_answers(asked: Callable[..., Page]) -> None:
    page = asked(width=1280)
    for key in ("0", "6", "9", "Control+3", "Alt+3"):
        page.keyboard.press(key)
    page.wait_for_timeout(200)
    at(page, 1)
    page.keyboard.press("5")
    at(page, 2)
    page.get_by_role("button", name="Back").click()
    at(page, 1)
    expect(page.locator('input[value="5"]')).to_be_checked()


def test_the_focus_and_the_voice_follow(asked: Callable[..., Page]) -> None:
    page = asked()
    page.keyboard.press("3")
    at(page, 2)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.locator("#said")).to_have_text("Question 2 of 24")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator('input[value="1"]')).to_be_focused()


def test_the_browsers_own_back_button_goes_one_question_back(asked: Callable[..., Page]) -> None:
    page = asked()
    for number in (1, 2, 3):
        at(page, number)
        page.locator(".choice").nth(number).click()
    at(page, 4)
    page.go_back()
    at(page, 3)
    expect(page.locator('input[value="4"]')).to_be_checked()
    page.go_back()
    at(page, 2)
    page.keyboard.press("3")
    at(page, 3)


def test_when_the_network_fails_the_browser_sends_the_form_itself(asked: Callable[..., Page]) -> None:
    failed: list[str] = []
    is_down = False

    def fail_ours(route: Route) -> None:
        if is_down and route.request.headers.get("homeport-fragment"):
            failed.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    # Laid early: for a moment after it was laid, a browser lets requests pass by it.
    page = asked(on_the_way=lambda page: page.route("**/check/question/", fail_ours), may_fail=True)
    is_down = True
    page.keyboard.press("3")
    expect(page.get_by_role("alert")).to_contain_text("Your answers are still here")
    at(page, 1)
    page.keyboard.press("3")
    at(page, 2)
    assert len(failed) == 2


def test_without_a_network_the_answers_stay(asked: Callable[..., Page]) -> None:
    page = asked(may_fail=True)
    page.keyboard.press("3")
    at(page, 2)
    page.context.set_offline(True)
    for _ in range(3):
        page.keyboard.press("4")
        expect(page.get_by_role("alert")).to_contain_text("Your answers are still here")
    at(page, 2)
    page.context.set_offline(False)
    page.keyboard.press("4")
    at(page, 3)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_link_within_the_page_takes_no_answer_back(asked: Callable[..., Page]) -> None:
    page = asked()
    page.keyboard.press("3")
    at(page, 2)
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.wait_for_timeout(200)
    at(page, 2)
    page.go_back()
    at(page, 1)


def test_the_browsers_back_button_leaves_the_result_for_the_last_question(asked: Callable[..., Page]) -> None:
    page = asked()
    for number in range(1, 25):
        at(page, number)
        page.keyboard.press("4")
    page.get_by_role("button", name="See my result").click()
    expect(page.locator(".result")).to_be_visible()
    page.wait_for_function("() => history.state?.homeport")  # the way back is laid when the script has run
    page.go_back(wait_until="commit")
    at(page, 24)
    expect(page.locator('input[value="4"]')).to_be_checked()
    page.keyboard.press("5")
    page.get_by_role("button", name="See my result").click()
    page.get_by_role("button", name="See next steps").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What now?")
    page.wait_for_function("() => history.state?.homeport")
    page.go_back(wait_until="commit")
    expect(page.locator(".result")).to_be_visible()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_it_moves_only_for_those_who_like_motion(asked: Callable[..., Page], motion: str) -> None:
    page = asked(reduced_motion=motion)
    page.evaluate(
        "() => { window.moved = 0; const real = document.startViewTransition.bind(document);"
        " document.startViewTransition = (swap) => { window.moved += 1; return real(swap); }; }"
    )
    page.keyboard.press("3")
    at(page, 2)
    assert page.evaluate("window.moved") == (1 if motion == "no-preference" else 0)
    page.keyboard.press("3")
    at(page, 3)


def test_quick_answers_are_never_lost_or_doubled(asked: Callable[..., Page]) -> None:
    page = asked()
    for _ in range(12):
        page.keyboard.press("4")
    page.wait_for_timeout(600)
    expect(page.locator(".step-busy")).to_have_count(0)  # what was sent last has been answered and is shown
    shown = int(re.findall(r"Question (\d+)", page.locator("#count").inner_text())[0])
    assert 2 <= shown <= 13
    before = shown
    page.keyboard.press("4")
    at(page, before + 1)


def test_the_pages_are_light(visit: Visit) -> None:
    """Each under 60 KB in all, compressed, even if nothing was loaded before; the script of the assessment under 3."""
    page = visit("/check/", may_fail=False)
    sizes: dict[str, int] = {}
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    addresses: dict[str, str] = {}
    client.on(
        "Network.responseReceived",
        lambda event: addresses.update({event["requestId"]: event["response"]["url"]}),
    )
    client.on(
        "Network.loadingFinished",
        lambda event: sizes.update({addresses.get(event["requestId"], "?"): event["encodedDataLength"]}),
    )
    client.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.reload()
    page.get_by_label("18 or over").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label(re.compile("My mother")).check()
    page.get_by_role("button", name="Start").click()
    at(page, 1)
    arrived(page)
    assert 5_000 < sum(sizes.values()) < 60_000
    assert sum(size for address, size in sizes.items() if "/check." in address and ".js" in address) < 3_000
    for number in range(24):
        at(page, number + 1)
        page.keyboard.press(str(number % 5 + 1))
    sizes.clear()
    page.get_by_role("button", name="See my result").click()
    expect(page.locator(".whom")).to_be_visible()
    arrived(page)
    assert 5_000 < sum(sizes.values()) < 60_000
