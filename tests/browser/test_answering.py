"""Somebody answers what they were asked, and those who care for them find it; without script as well."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.factories.cases import an_individual
from tests.factories.made_up_words import install_words
from tests.factories.people import a_person, a_practice, a_therapist, acting

from homeport.assessments.services.assign import assign
from homeport.safety.models import Alert
from homeport.safety.services.escalate import escalate
from homeport.safety.services.record_triage import record_triage

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
Open = Callable[..., Page]
Look = Callable[[Page, str], None]


class Room:
    """Ana, whom Thea asked two things."""

    def __init__(self) -> None:
        a_practice()
        self.ana, self.thea = a_person("Ana Ames"), a_therapist("Thea Stone")
        self.case = an_individual(self.ana, lead=self.thea)
        install_words("phq-9")
        for instrument in ("phq-9", "attachment.homeport"):
            slot = "partner" if instrument == "attachment.homeport" else ""
            assign(
                actor=acting(self.thea),
                case_id=self.case.pk,
                person_id=self.ana.pk,
                instrument=instrument,
                slot=slot,
            )


def answer(page: Page, label: str) -> None:
    page.get_by_text(label, exact=True).click()
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name="Next").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_from_the_list_to_the_alert_that_is_closed(as_person: Open, looked_at: Look, scheme: str) -> None:
    # Given Ana, whom her therapist asked to answer
    room = Room()
    page = as_person(room.ana, "/asked/", scheme=scheme)
    looked_at(page, f"asked-390-{scheme}")
    page.get_by_role("link", name="Start").first.click()
    looked_at(page, f"asked-start-390-{scheme}")
    page.get_by_role("button", name="Start").click()
    # When she answers, leaves one out and stops
    looked_at(page, f"asked-question-390-{scheme}")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_have_text("Choose an answer, or skip this question.")
    answer(page, "A little")
    page.get_by_role("button", name="Skip this question").click()
    page.get_by_text("Somewhat", exact=True).click()
    page.get_by_role("button", name="Stop for now").click()
    expect(page.get_by_text("3 of 9 done")).to_be_visible()
    # And goes on where she was, to the question on safety
    page.get_by_role("link", name="Go on").first.click()
    page.get_by_role("button", name="Go on").click()
    for _ in range(5):
        answer(page, "Not at all")
    expect(page.get_by_text("This one is about your safety.")).to_be_visible()
    looked_at(page, f"asked-risk-390-{scheme}")
    answer(page, "Somewhat")
    # Then there is somebody to call, and the truth about who reads
    expect(page.get_by_role("heading", name="Are you safe right now?")).to_be_visible()
    looked_at(page, f"asked-support-390-{scheme}")
    page.get_by_role("link", name="Go on").click()
    looked_at(page, f"asked-send-390-{scheme}")
    page.get_by_role("button", name="Send my answers").click()
    looked_at(page, f"asked-sent-390-{scheme}")
    # And her therapist finds it, takes it in hand and closes it with a note
    alert = Alert.objects.get()
    escalate(alert_id=alert.pk)
    work = as_person(room.thea, "/alerts/", width=1280, scheme=scheme)
    looked_at(work, f"alerts-1280-{scheme}")
    work.get_by_role("link", name="Ana Ames").click()
    looked_at(work, f"alert-1280-{scheme}")
    work.get_by_role("button", name="I have it in hand").click()
    work.get_by_role("button", name="Close it with this note").click()
    looked_at(work, f"alert-note-1280-{scheme}")
    work.get_by_label("What did you find").fill(
        "Spoke with her at four. She is with her sister; we meet tomorrow."
    )
    work.get_by_role("button", name="Close it with this note").click()
    expect(work.get_by_text("It is closed.")).to_be_visible()
    work.goto(f"/cases/{room.case.pk}/came-in/")
    looked_at(work, f"came-in-1280-{scheme}")
    work.get_by_role("link", name="Each answer").first.click()
    looked_at(work, f"came-in-answers-1280-{scheme}")
    work.goto(f"/cases/{room.case.pk}/came-in/ask/")
    looked_at(work, f"came-in-ask-1280-{scheme}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_earlier_interviews_are_found_from_the_record_and_from_the_alert(
    as_person: Open, looked_at: Look, scheme: str
) -> None:
    room = Room()
    record_triage(
        actor=acting(room.thea), case_id=room.case.pk, subject_id=room.ana.pk,
        answers={1: True, 2: True, 3: False, 4: True, 5: False, 6: True}, recent=False,
    )  # fmt: skip
    work = as_person(room.thea, f"/cases/{room.case.pk}/came-in/", width=1280, scheme=scheme)
    work.get_by_role("link", name="Earlier ones").click()
    looked_at(work, f"triages-1280-{scheme}")
    work.get_by_role("main").get_by_role("link", name="The alert").click()
    expect(work.get_by_role("link", name="Interviews on suicide")).to_be_visible()
    work.set_viewport_size({"width": 390, "height": 844})
    work.get_by_role("link", name="Interviews on suicide").click()
    looked_at(work, f"triages-390-{scheme}")


def test_without_script(as_person: Open) -> None:
    room = Room()
    page = as_person(room.ana, "/asked/", javascript=False)
    page.get_by_role("link", name="Start").first.click()
    page.get_by_role("button", name="Start").click()
    for _ in range(8):
        answer(page, "Not at all")
    answer(page, "A lot")
    expect(page.get_by_role("heading", name="Are you safe right now?")).to_be_visible()
    assert Alert.objects.count() == 1
