"""Before the decision nobody books a time together, and what is said gives nothing away. And pieces that are opened."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.factories.cases import a_couple
from tests.factories.made_up_words import install_words
from tests.factories.people import a_person, a_practice, a_therapist, acting
from tests.factories.scheduling import Kind, offers, on, together, works

from homeport.assessments.services.assign import assign
from homeport.assessments.services.begin import begin
from homeport.assessments.services.finish import finish
from homeport.assessments.services.save_answer import save_answer
from homeport.cases.models import FormatDecision
from homeport.content.instruments import load_key
from homeport.content.screens import screen
from homeport.people.models import Person
from homeport.safety.models import ViolenceScreen
from homeport.safety.services.answer_screen import answer_screen
from homeport.scheduling.models import Appointment

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
Look = Callable[[Page, str], None]
Open = Callable[..., Page]
SENTENCE = "Individual meetings first are our standard."
TELLS = ("afraid", "screen", "violence", "answered", "safe at home")


class Room:
    """Ana and Ben with Thea, who offers meetings of both kinds. Ana has said that she is afraid; Ben was not asked yet."""

    def __init__(self) -> None:
        a_practice()
        self.ana, self.ben = (a_person(name, zone="America/Toronto") for name in ("Ana Ames", "Ben Bell"))
        self.thea = a_therapist("Thea Stone")
        Person.objects.filter(pk=self.thea.pk).update(zone="America/Toronto")
        self.case = a_couple(self.ana, self.ben, lead=self.thea)
        offers(self.thea, Kind.COUPLE, minutes=80)
        works(self.thea, 0, 1, 2, 3, 4, begins=9, ends=17)
        waiting = ViolenceScreen.objects.get(author_id=self.ana.pk)
        answers = {"afraid": "yes"}
        answer_screen(actor=acting(self.ana), screen=waiting, asked=screen("safe-at-home"), answers=answers)


def says_nothing_else(page: Page) -> None:
    text = page.locator("main").inner_text().casefold()
    assert SENTENCE.casefold() in text, text
    assert not [word for word in TELLS if word in text]


def test_a_therapist_who_clicks_before_deciding_reads_the_one_sentence(
    as_person: Open, looked_at: Look
) -> None:
    # Given a couple on whose format nobody has decided
    room = Room()
    page = as_person(room.thea, f"/appointments/new/{room.case.pk}/", width=1280)
    # When the therapist books a time together
    page.get_by_label("What", exact=True).select_option(index=1)
    page.get_by_label("Day", exact=True).fill(on(4, 10).date().isoformat())
    page.get_by_label("Time", exact=True).fill("10:00")
    page.get_by_role("button", name="Book it").click()
    # Then the one sentence stands there, and nothing is booked
    says_nothing_else(page)
    looked_at(page, "joint-refused-therapist")
    assert not Appointment.objects.exists()


def test_a_partner_is_offered_none_and_a_late_click_is_refused_in_the_same_words(
    as_person: Open, looked_at: Look
) -> None:
    # Given the same couple: he is offered nothing together
    room = Room()
    path = f"/appointments/times/{room.case.pk}/"
    page = as_person(room.ben, path, width=390)
    assert page.locator("button.free-time").count() == 0
    looked_at(page, "joint-none-partner")
    # When joint work was open as he chose a time, and is not any more as he books it
    together(room.case)
    page.goto(path)
    page.locator("button.free-time").nth(2).click()
    FormatDecision.objects.update(format=FormatDecision.Format.INDIVIDUAL_FIRST)
    page.get_by_role("button", name="Ask everybody").click()
    # Then he reads the same sentence
    says_nothing_else(page)
    looked_at(page, "joint-refused-partner")
    assert not Appointment.objects.exists()


def test_one_opens_her_scores_the_other_sees_them_and_then_no_more(as_person: Open, looked_at: Look) -> None:
    # Given that she has sent her answers
    room = Room()
    install_words("phq-9")
    asked = assign(actor=acting(room.thea), case_id=room.case.pk, person_id=room.ana.pk, instrument="phq-9")
    begin(actor=acting(room.ana), assignment_id=asked.pk)
    for item in load_key("depression.phq-9").item_ids:
        save_answer(actor=acting(room.ana), assignment_id=asked.pk, item=item, value=1)
    finish(actor=acting(room.ana), assignment_id=asked.pk)
    his = as_person(room.ben, "/opened-to-me/", width=390)
    expect(his.get_by_text("Nothing yet.")).to_be_visible()
    looked_at(his, "opened-none")
    # When she opens the scores to him
    hers = as_person(room.ana, "/home/", width=390)
    hers.get_by_role("link", name="My answers, and who may see them").click()
    looked_at(hers, "my-answers")
    hers.locator("main .row-title a").first.click()
    looked_at(hers, "my-answers-one")
    hers.get_by_role("button", name="Open the scores").click()
    expect(hers.get_by_text("Sees the scores.")).to_be_visible()
    # Then he sees the scores and no answer
    his.reload()
    his.locator("main .row-title a").first.click()
    expect(his.locator("table.scores").first).to_be_visible()
    assert "Made-up line" not in his.content()
    looked_at(his, "opened-one")
    # When she takes them back, then there is nothing
    hers.get_by_role("button", name="Take the scores back").click()
    assert his.reload().status == 404  # type: ignore[union-attr]
