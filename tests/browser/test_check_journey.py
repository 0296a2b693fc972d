"""The whole way from the age question to the next steps, in a real browser: every step accessible, nothing kept."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.factories.made_up_ecr import install_made_up_ecr
from tests.factories.screens import too_wide

from homeport.web.visitor import questions, stencil

Check = Callable[[Page], None]
LOOKS = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]


@pytest.fixture(autouse=True)
def _drawn_anew() -> Iterator[None]:
    """Pages drawn and wordings read under another test's settings are not kept."""
    stencil.forget()
    questions.forget()
    yield
    stencil.forget()
    questions.forget()


class Walk:
    """A visitor's way through the pages, looked at on each step."""

    def __init__(self, page: Page, look: Callable[[str], None]) -> None:
        self.page, self.look = page, look
        self.script = bool(page.locator("html.script").count())

    def press(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=name).click()

    def set_out(self, *who: str, age: str = "18 or over") -> None:
        """Given someone who says how old they are and whom they think of."""
        self.look("start")
        self.page.get_by_label(age, exact=True).check()
        self.press("Go on")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Who would you like to think of?")
        for name in who:
            self.page.get_by_label(re.compile(name)).check()
        self.look("choose")
        self.press("Start")
        expect(self.question).to_be_visible()

    @property
    def question(self) -> Any:
        return self.page.locator(".step-question")

    def answer(self, value: int) -> None:
        """When they answer one question."""
        before = self.page.locator("#count").inner_text()
        if self.script:
            self.page.locator(f'label.choice:has(input[value="{value}"])').click()
        else:
            self.page.locator(f'input[value="{value}"]').check()
            with self.page.expect_navigation(wait_until="load"):
                self.press("Next")
        expect(self.page.locator("#count", has_text=before)).to_have_count(0)

    def answer_all(self, values: str = "24135") -> int:
        """When they answer every question about everybody."""
        count = 0
        while True:
            while self.question.count():
                self.answer(int(values[count % len(values)]))
                count += 1
            if not self.page.get_by_role("button", name="Go on with").count():
                return count
            self.look("between-people")
            self.press(re.compile("Go on with"))
            expect(self.question).to_be_visible()


@pytest.fixture
def walk(
    visit: Callable[..., Page], assert_accessible: Check, picture: Callable[..., None]
) -> Callable[..., Walk]:
    """Opens the front page of the assessment and looks hard at each step."""

    def begin(name: str, **options: Any) -> Walk:
        page = visit("/check/", **options)
        tag = f"{options.get('width', 390)}-{options.get('scheme', 'light')}"

        def look(step: str) -> None:
            if page.locator("html.script").count():
                # Axe is a script: without scripts in the page the same HTML was looked at with them.
                assert_accessible(page)
            if options.get("javascript", True):
                assert too_wide(page) <= 0, "the page scrolls sideways"
            picture(page, f"check-{name}-{step}-{tag}", full=step not in {"question", "start"})

        return Walk(page, look)

    return begin


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_one_person_with_our_own_questions(
    walk: Callable[..., Walk], picture: Callable[..., None], width: int, scheme: str
) -> None:
    walked = walk("own", width=width, scheme=scheme)
    walked.set_out("My mother")
    walked.look("question")
    walked.press("Pause")
    expect(walked.page.get_by_role("heading", level=1)).to_have_text("Take your time")
    walked.look("pause")
    walked.press("Go on")
    walked.press("Next")
    expect(walked.page.get_by_role("alert")).to_contain_text("Pick the answer that fits best")
    walked.look("missing")
    assert walked.answer_all() == 24
    walked.look("rest")
    walked.press("See my result")
    expect(walked.page.locator(".whom")).to_have_text("About your mother")
    if (width, scheme) == (1280, "light"):
        walked.page.set_viewport_size({"width": 1280, "height": 1010})
        picture(walked.page, "readme-result")  # docs/images/result.png
    for fold in walked.page.locator("details").all():
        fold.locator("summary").click()
    walked.look("result")
    walked.press("See next steps")
    expect(walked.page.get_by_role("heading", level=1)).to_have_text("What now?")
    walked.look("now")
    walked.press("Back to my result")
    expect(walked.page.locator(".whom")).to_have_text("About your mother")


@pytest.mark.parametrize("width", [390, 1280])
def test_without_javascript(walk: Callable[..., Walk], width: int) -> None:
    walked = walk("plain", width=width, javascript=False)
    assert not walked.script
    walked.set_out("My mother", "A close friend")
    walked.answer(2)
    walked.press("Back")
    expect(walked.page.locator('input[value="2"]')).to_be_checked()
    walked.press("Next")
    walked.press("Skip this question")
    walked.press("Pause")
    walked.press("Go on")
    expect(walked.page.locator("#count")).to_have_text("Question 3 of 24")
    assert walked.answer_all() == 46
    walked.look("rest")
    walked.press("See my result")
    expect(walked.page.get_by_role("heading", level=1)).to_have_text("You, with 2 people")
    expect(walked.page.get_by_role("img", name="Map of worry and distance")).to_have_count(3)
    expect(walked.page.locator("[data-print]")).to_be_hidden()
    walked.look("result")
    walked.press("See next steps")
    expect(walked.page.get_by_role("heading", level=1)).to_have_text("What now?")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "light"), (1280, "dark")])
def test_the_adaptive_ecr(walk: Callable[..., Walk], width: int, scheme: str, transactional_db: None) -> None:
    install_made_up_ecr()
    walked = walk("ecr", width=width, scheme=scheme)
    walked.set_out("My partner")
    expect(walked.page.locator("#count")).to_have_text(re.compile(r"Question 1, about \d+ to \d+ left"))
    walked.answer(2)
    walked.look("question")
    count = walked.answer_all("4213")
    assert count < 36
    walked.press("See my result")
    expect(walked.page.get_by_text(re.compile(r"^\d+ in 100$")).first).to_be_visible()
    walked.look("result")


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_several_people_on_two_maps(
    walk: Callable[..., Walk], width: int, scheme: str, transactional_db: None
) -> None:
    install_made_up_ecr()
    walked = walk("several", width=width, scheme=scheme)
    walked.set_out("My partner", "My mother", "A close friend")
    walked.answer_all("2413")
    walked.press("See my result")
    expect(walked.page.get_by_role("img", name="Map of worry and distance")).to_have_count(5)
    walked.look("result")


def test_at_16_or_17_the_words_are_gentler(walk: Callable[..., Walk]) -> None:
    walked = walk("young", width=390)
    walked.set_out("My father", age="16 or 17")
    walked.answer_all("45254")
    walked.press("See my result")
    expect(walked.page.get_by_text("At your age this moves a lot")).to_be_visible()
    assert not re.search(r"\b(secure|anxious|avoidant|fearful)\b", walked.page.content(), re.IGNORECASE)
    walked.look("result")


def test_under_16_comes_to_the_youth_pages(walk: Callable[..., Walk]) -> None:
    walked = walk("under-16")
    walked.page.get_by_label("Under 16", exact=True).check()
    walked.press("Go on")
    walked.page.wait_for_url("**/youth/")
    expect(walked.question).to_have_count(0)


def test_the_result_can_be_taken_along_and_given(walk: Callable[..., Walk]) -> None:
    walked = walk("keep")
    walked.set_out("My mother")
    walked.answer_all()
    walked.press("See my result")
    for name, ending in (("Save as PDF", ".pdf"), (re.compile("Save as data"), ".json")):
        with walked.page.expect_download() as coming:
            walked.press(name)
        assert coming.value.suggested_filename.startswith("my-page-")
        assert coming.value.suggested_filename.endswith(ending)
        content = coming.value.path().read_bytes()
        if ending == ".json":
            assert json.loads(content)["relationships"][0]["relationship"] == "mother"
        else:
            assert content.startswith(b"%PDF-")
    expect(walked.page.get_by_role("button", name="Print")).to_be_visible()
    walked.press("Give my answers")
    expect(walked.page.get_by_text("Thank you. Your answers were given.")).to_be_visible()
    expect(walked.page.get_by_role("button", name="Give my answers")).to_have_count(0)
    walked.look("given")


def test_a_damaged_page_is_calm_and_leads_on(visit: Callable[..., Page], assert_accessible: Check) -> None:
    page = visit("/check/", javascript=True, may_fail=True)
    page.get_by_label("18 or over").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label(re.compile("My mother")).check()
    page.evaluate("document.querySelector('[name=visit]').value = 'nonsense'")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We cannot go on from here")
    assert_accessible(page)
    page.get_by_role("link", name="Start again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Before we start")
