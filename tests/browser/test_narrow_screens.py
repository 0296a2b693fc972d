"""A narrow screen, and what is asked of one answer alone: the ways out stay on one line, and a form shows what it needs."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.factories.cases import an_individual
from tests.factories.people import a_person, a_practice, a_therapist
from tests.factories.scheduling import offers, works
from tests.factories.screens import arrived, press_and_arrive, too_wide

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
Look = Callable[..., None]
Open = Callable[..., Page]

LONG = """() => {
  document.querySelector(".top .button-help").textContent = "Unterstützung jetzt";
  document.querySelector(".top .button-leave > span").firstChild.textContent = "Verlassen";
}"""


def middles(page: Page) -> list[float]:
    """How far down the middle of the mark, of Help now and of Leave stands, in pixels."""
    found: list[float] = page.evaluate(
        """() => [".top .brand", ".top .button-help", ".top .button-leave"].map((each) => {
          const box = document.querySelector(each).getBoundingClientRect();
          return Math.round(box.top + box.height / 2);
        })"""
    )
    return found


@pytest.mark.parametrize("width", [320, 390, 768])
def test_the_two_ways_out_stay_on_one_line_also_in_longer_words(visit: Open, width: int) -> None:
    # Given a narrow screen, when somebody opens the first page
    page = arrived(visit("/", width=width))
    # Then help and the way out stand beside the mark, and the ways through the site below them
    assert len(set(middles(page))) == 1
    expect(page.get_by_role("link", name="Find someone").first).to_be_visible()
    assert too_wide(page) <= 0
    # And so they do in a language of long words
    page.evaluate(LONG)
    assert len(set(middles(page))) == 1
    assert too_wide(page) <= 0


def test_how_often_is_asked_of_a_series_alone(as_person: Open, looked_at: Look) -> None:
    # Given a therapist who books a time
    a_practice()
    thea = a_therapist("Thea Stone")
    case = an_individual(a_person("Ana Ames"), lead=thea)
    offers(thea)
    works(thea, 0, 1, 2, 3, 4, begins=9, ends=17)
    page = as_person(thea, f"/appointments/new/{case.pk}/")
    # Then one time asks for no count
    count = page.get_by_label("How many times")
    expect(page.get_by_label("How often")).to_be_visible()
    expect(count).to_be_hidden()
    # And a series does
    page.get_by_label("How often").select_option("weeks")
    expect(count).to_be_visible()
    looked_at(page, "book-series-390-light")
    # And a fault in what is folded away is seen
    count.fill("999")
    page.get_by_label("How often").select_option("once")
    expect(count).to_be_hidden()
    page.locator("form.asked").evaluate("form => form.noValidate = true")
    press_and_arrive(page, "button:has-text('Book it')")
    expect(page.get_by_label("How many times")).to_be_visible()


def test_a_colleague_of_elsewhere_is_asked_for_only_when_chosen(as_person: Open, looked_at: Look) -> None:
    # Given a therapist who goes away, with one colleague here
    a_practice()
    thea = a_therapist("Thea Stone")
    a_therapist("Leo Lund")
    page = as_person(thea, reverse("own-cover"), scheme="dark")
    # Then nobody of elsewhere is asked for
    expect(page.get_by_label("Their practice")).to_be_hidden()
    # But once it is somebody of another practice
    page.get_by_label("A colleague of another practice").check()
    expect(page.get_by_label("Their practice")).to_be_visible()
    # And what is missing is said with the question it belongs to
    press_and_arrive(page, "button:has-text('Arrange it')")
    expect(page.get_by_label("Their practice")).to_be_visible()
    looked_at(page, "cover-elsewhere-390-dark")


def test_a_list_of_faults_says_which_choice_is_missing(as_person: Open) -> None:
    a_practice()
    thea = a_therapist("Thea Stone")
    a_therapist("Leo Lund")
    page = as_person(thea, reverse("own-cover"))
    press_and_arrive(page, "button:has-text('Arrange it')")
    expect(page.locator("#errors a").first).to_have_text("Who stands in Please choose one.")
