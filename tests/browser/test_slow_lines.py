"""Where the line is slow: nothing is sent twice, nothing somebody chose is taken from them, no older answer comes last."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from tests.factories.cases import an_individual
from tests.factories.people import a_person, a_practice, a_therapist
from tests.factories.screens import press_and_arrive
from tests.factories.sign_ins import PASSWORD, an_account

from homeport.exercises.models import JournalEntry

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
Open = Callable[..., Page]
SEND = "form.account-form button"


def test_a_form_pressed_twice_is_sent_once(as_person: Open) -> None:
    # Given somebody who wrote something
    a_practice()
    ana = a_person("Ana Ames")
    an_individual(ana, lead=a_therapist("Thea Stone"))
    page = as_person(ana, "/journal/write/")
    page.get_by_label("Your words").fill("It was a long day.")
    sent: list[Route] = []

    def hold(route: Route) -> None:
        sent.append(route) if route.request.method == "POST" else route.continue_()

    page.route("**/journal/write/", hold)
    # When they press the button again, as one does where nothing seems to happen
    page.get_by_role("button", name="Keep it").evaluate(
        "(each) => { each.click(); setTimeout(() => each.click(), 300); }"
    )
    page.wait_for_timeout(1000)
    while not sent:
        page.wait_for_timeout(50)
    sent[-1].continue_()
    # Then it is there once
    expect(page.get_by_text("Only you can read this.")).to_be_visible()
    assert len(sent) == 1
    assert JournalEntry.objects.count() == 1


def test_a_zone_chosen_before_the_script_arrived_stays(as_person: Open) -> None:
    # Given somebody new, whose page is there while its script is still on the way
    an_account(person=False)
    page = as_person(None, "/account/login/")
    page.fill("#login", "mara@example.org")
    page.fill("#password", PASSWORD)
    press_and_arrive(page, SEND)
    held: list[Route] = []
    page.route("**/zone*.js", lambda route: held.append(route))  # noqa: PLW0108 - playwright looks into what it is given
    page.goto("/account/about-me/", wait_until="commit")
    # When they choose where they are, and it arrives
    page.select_option("#zone", "Europe/Berlin")
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()
    page.wait_for_load_state("load")
    # Then their choice stands; also on the page that says that something else is missing
    expect(page.locator("#zone")).to_have_value("Europe/Berlin")
    page.unroute("**/zone*.js")
    press_and_arrive(page, SEND)
    expect(page.locator("#zone")).to_have_value("Europe/Berlin")


SLOWLY = """() => {
  const real = window.fetch;
  Object.assign(window, {asked: 0, begun: 0, hold: true, release: []});
  window.fetch = async (...given) => {
    window.asked += 1;
    const answer = await real(...given), text = answer.text.bind(answer);
    answer.text = async () => {
      window.begun += 1;
      if (window.hold) await new Promise((go) => window.release.push(go));
      return text();
    };
    return answer;
  };
}"""


def test_an_answer_that_comes_in_pieces_is_sent_once(visit: Open) -> None:
    # Given a question, on a line on which the first piece of each page comes long before the rest
    page = visit("/check/", reduced_motion="no-preference")
    page.get_by_label("18 or over").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label(re.compile("My mother")).check()
    page.get_by_role("button", name="Start").click()
    expect(page.locator("#count")).to_have_text("Question 1 of 24")
    page.evaluate(SLOWLY)
    page.evaluate(
        "() => { document.startViewTransition = (swap) => { window.swap = swap; return {finished: Promise.resolve()}; } }"
    )
    # When somebody presses again, before the rest came and before the new screen stands
    page.keyboard.press("3")
    page.wait_for_function("() => window.release.length === 1")
    page.keyboard.press("3")
    page.evaluate("window.hold = false; window.release[0]()")
    page.wait_for_function("() => window.swap")
    page.keyboard.press("3")
    page.evaluate("window.swap()")
    # Then they answered one question, once
    expect(page.locator("#count")).to_have_text("Question 2 of 24")
    assert page.evaluate("window.asked") == 1
    page.evaluate("() => { delete document.startViewTransition; }")
    page.keyboard.press("4")
    expect(page.locator("#count")).to_have_text("Question 3 of 24")


def test_an_older_search_never_comes_last(visit: Open) -> None:
    # Given a search whose answer has begun to come
    page = visit("/library/")
    page.evaluate(SLOWLY)
    page.get_by_role("searchbox").fill("trust")
    page.wait_for_function("() => window.release.length === 1")
    # When a newer one is answered first
    page.evaluate("() => { window.hold = false; }")
    page.get_by_role("searchbox").fill("therapist")
    expect(page.locator("#found")).to_contain_text("therapist")
    page.evaluate("() => { window.release[0](); }")
    # Then the newer one stands
    page.wait_for_timeout(300)
    expect(page.locator("#found")).to_contain_text("therapist")
