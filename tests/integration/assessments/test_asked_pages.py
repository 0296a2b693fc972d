"""The pages on which people answer, without script; and what those who care for them see of it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.factories.cases import a_couple
from tests.factories.made_up_words import install_words
from tests.factories.people import a_person, a_practice, a_supervisor, a_therapist, acting, someone_with
from tests.factories.queries import at_most
from tests.factories.signing_in import signed_in

from homeport.assessments.models import Assignment, Kind, OwnAdministration, OwnAnswer
from homeport.assessments.services.assign import assign
from homeport.audit.models import AuditEvent
from homeport.content.instruments import load_key
from homeport.core.clock import today
from homeport.people.models import Role
from homeport.safety.models import Alert

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ITEMS = load_key("depression.phq-9").item_ids
RISK = ITEMS.index("self-harm") + 1


class Room:
    """A couple; Ana was asked to answer the PHQ-9."""

    def __init__(self) -> None:
        a_practice()
        self.ana, self.ben = a_person("Ana Ames"), a_person("Ben Bell")
        self.thea = a_therapist("Thea Stone")
        self.case = a_couple(self.ana, self.ben, lead=self.thea)
        install_words("phq-9")
        self.asked = self.ask()
        self.address = f"/asked/{self.asked.pk}/"

    def ask(self, instrument: str = "phq-9", **how: Any) -> Assignment:
        return assign(
            actor=acting(self.thea), case_id=self.case.pk, person_id=self.ana.pk, instrument=instrument, **how
        )

    def answer(self, browser: Client, number: int, value: int | None, step: str = "next", **more: Any) -> Any:
        fields = {"step": step, **({} if value is None else {"answer": value}), **more}
        return browser.post(f"{self.address}{number}/", fields)


@pytest.fixture
def room() -> Room:
    return Room()


def main(answer: Any) -> str:
    return str(answer.content.decode().split("<main")[1].split("</main")[0])


def test_from_the_list_to_the_thanks(room: Room) -> None:
    ana = signed_in(room.ana)
    assert "9 questions about you" in main(ana.get("/asked/"))
    begun = ana.get(room.address)
    assert "One question is about your safety" in main(begun)
    assert ana.post(room.address)["Location"] == f"{room.address}1/"
    for number in range(1, 10):
        page = main(ana.get(f"{room.address}{number}/"))
        assert f"Question {number} of 9" in page
        assert f"Made-up line number {number}." in page
        assert ("about your safety" in page) == (number == RISK)
        sent = room.answer(ana, number, 0)
        assert sent.status_code == 303
    assert sent["Location"] == f"{room.address}send/"
    assert "You cannot change them after that" in main(ana.get(sent["Location"]))
    assert ana.post(f"{room.address}send/")["Location"] == f"{room.address}sent/"
    assert "Sent. Thank you" in main(ana.get(f"{room.address}sent/"))
    assert "Nothing is waiting for you" in main(ana.get("/asked/"))
    for path in ("", "1/", "send/", "9/support/"):
        assert ana.get(room.address + path).status_code == 303, path


def test_no_page_names_what_it_measures(room: Room) -> None:
    ana = signed_in(room.ana)
    ana.post(room.address)
    for path in ("/asked/", room.address, f"{room.address}1/", f"{room.address}send/"):
        assert not re.search(r"PHQ|depress|Patient Health", ana.get(path).content.decode(), re.IGNORECASE), (
            path
        )


def test_one_goes_on_where_one_was_also_on_another_device(room: Room) -> None:
    first, second = signed_in(room.ana), signed_in(room.ana)
    first.post(room.address)
    room.answer(first, 1, 2)
    assert room.answer(first, 2, 1, step="stop")["Location"] == "/asked/"
    assert "2 of 9 done" in main(second.get("/asked/"))
    assert second.post(room.address)["Location"] == f"{room.address}3/"
    chosen = re.findall(r'value="(\d)" checked', main(second.get(f"{room.address}1/")))
    assert chosen == ["2"]


def test_of_two_devices_at_once_the_second_is_told(room: Room) -> None:
    first, second = signed_in(room.ana), signed_in(room.ana)
    first.post(room.address)
    assert room.answer(first, 1, 2, seen=0).status_code == 303
    told = room.answer(second, 1, 3, seen=0)
    assert told.status_code == 409
    assert "answered on another device" in main(told)
    assert re.findall(r'value="(\d)" checked', main(told)) == ["2"]
    assert room.answer(second, 1, 3, seen=1).status_code == 303


def test_back_skip_and_what_is_no_answer(room: Room) -> None:
    ana = signed_in(room.ana)
    ana.post(room.address)
    assert room.answer(ana, 1, None).status_code == 422
    assert room.answer(ana, 1, None, step="back")["Location"] == room.address
    assert room.answer(ana, 1, None, step="skip")["Location"] == f"{room.address}2/"
    assert room.answer(ana, 2, 1, step="back")["Location"] == f"{room.address}1/"
    assert {each.item: each.value for each in OwnAnswer.objects.all()} == {ITEMS[0]: None, ITEMS[1]: 1}
    for value in ("99", "x", "-1", "1.5", "9" * 400):
        assert room.answer(ana, 3, None, answer=value).status_code == 422, value
    assert room.answer(ana, 3, 1, step="sideways").status_code == 400
    for number in (0, 10, 10**9):
        assert ana.get(f"{room.address}{number}/").status_code == 404, number
    ana.post(room.address)
    assert "1 question has no answer" not in main(ana.get(f"{room.address}send/"))
    assert "8 questions have no answer" in main(ana.get(f"{room.address}send/"))


def test_a_risk_answer_leads_to_people_and_says_who_reads(room: Room) -> None:
    ana = signed_in(room.ana)
    ana.post(room.address)
    sent = room.answer(ana, RISK, 1)
    assert sent["Location"] == f"{room.address}{RISK}/support/"
    page = main(ana.get(sent["Location"]))
    for words in ("Are you safe right now?", "Nobody may be reading this right now", "tel:911", "tel:988"):
        assert words in page, words
    assert Alert.objects.count() == 1
    assert ana.get(f"{room.address}1/support/")["Location"] == f"{room.address}1/"


def test_without_an_answer_there_is_no_support_page_to_be_found(room: Room) -> None:
    ana = signed_in(room.ana)
    ana.post(room.address)
    room.answer(ana, RISK, 0)
    assert ana.get(f"{room.address}{RISK}/support/")["Location"] == f"{room.address}{RISK}/"


@pytest.mark.parametrize("path", ["", "1/", f"{RISK}/support/", "send/", "sent/", "answers/"])
def test_nobody_else_finds_it(room: Room, path: str) -> None:
    signed_in(room.ana).post(room.address)
    for other in (room.ben, a_person(), a_therapist(), someone_with(Role.DESK), someone_with(Role.MANAGER)):
        browser = signed_in(other)
        assert browser.get(room.address + path).status_code == 404
        assert browser.post(room.address + path).status_code in (404, 405)
    assert not OwnAnswer.objects.exists()


def test_the_care_team_answers_for_nobody(room: Room) -> None:
    thea = signed_in(room.thea)
    for path in ("", "1/", "send/"):
        assert thea.get(room.address + path).status_code == 404, path
        assert thea.post(room.address + path, {"answer": 1}).status_code == 404, path
    assert not OwnAdministration.objects.exists()


def test_the_care_team_sees_scores_with_bands_and_each_answer(room: Room) -> None:
    ana = signed_in(room.ana)
    ana.post(room.address)
    for number in range(1, 9):
        room.answer(ana, number, 2)
    room.answer(ana, RISK, 0)
    ana.post(f"{room.address}send/")
    for who in (room.thea, a_supervisor(room.thea)):
        browser = signed_in(who)
        with at_most(30):
            page = main(browser.get(f"/cases/{room.case.pk}/came-in/"))
        for words in (
            "PHQ-9",
            "Ana Ames",
            "<strong>16</strong>",
            "± 4.31",
            "Moderately severe",
            "9/9",
            "0–27",
        ):
            assert words in page, words
        answers = main(browser.get(f"{room.address}answers/"))
        assert answers.count("Somewhat (2)") == 8
    read = AuditEvent.objects.filter(person_id=room.thea.pk, subject_id=room.ana.pk, material="own_answers")
    assert read.filter(verb="list").exists()
    for stranger in (room.ana, room.ben, a_therapist(), someone_with(Role.MANAGER), someone_with(Role.DESK)):
        assert signed_in(stranger).get(f"/cases/{room.case.pk}/came-in/").status_code == 404


def test_alliance_answers_come_to_nobody_unless_the_case_agreed(room: Room) -> None:
    install_words("csi-4")
    asked = room.ask("csi-4", kind=Kind.ALLIANCE)
    ana = signed_in(room.ana)
    ana.post(f"/asked/{asked.pk}/")
    for number in range(1, 5):
        ana.post(f"/asked/{asked.pk}/{number}/", {"step": "next", "answer": 3})
    ana.post(f"/asked/{asked.pk}/send/")
    thea = signed_in(room.thea)
    page = main(thea.get(f"/cases/{room.case.pk}/came-in/"))
    assert "CSI-4" in page
    assert "<strong>12</strong>" not in page
    assert thea.get(f"/asked/{asked.pk}/answers/").status_code == 404


def test_asking_from_the_page_and_taking_back(room: Room) -> None:
    thea = signed_in(room.thea)
    address = f"/cases/{room.case.pk}/came-in/ask/"
    page = main(thea.get(address))
    assert "Patient Health Questionnaire, nine depression questions (PHQ-9)" in page
    assert "GAD-7" in page.split("Why is something not in the list?")[1]
    wanted = {"person": room.ben.pk, "instrument": "depression.phq-9", "due": ""}
    assert thea.post(address, wanted)["Location"] == f"/cases/{room.case.pk}/came-in/"
    bens = Assignment.objects.get(author_id=room.ben.pk)
    assert thea.post(address, {**wanted, "instrument": "anxiety.gad-7"}).status_code == 422
    assert thea.post(address, {**wanted, "instrument": "attachment.homeport"}).status_code == 422
    assert thea.post(address, {**wanted, "due": "2001-01-01"}).status_code == 422
    own = thea.post(address, {**wanted, "instrument": "attachment.homeport", "slot": "mother"})
    assert own.status_code == 303
    report = {
        **wanted,
        "person": room.ana.pk,
        "about": room.ben.pk,
        "due": (today() + timedelta(days=30)).isoformat(),
    }
    assert thea.post(address, report).status_code in (303, 422)
    assert thea.post(f"/asked/{bens.pk}/take-back/").status_code == 303
    assert signed_in(room.ben).get(f"/asked/{bens.pk}/").status_code == 404
    for other in (room.ben, a_therapist()):
        assert signed_in(other).post(f"/asked/{room.asked.pk}/take-back/").status_code == 404


def test_words_that_were_replaced_since_stay_those_that_were_begun_with(room: Room) -> None:
    ana = signed_in(room.ana)
    ana.post(room.address)
    install_words("phq-9", note=" New.")
    assert "New." not in main(ana.get(f"{room.address}1/"))
    again = room.ask("phq-9", kind=Kind.REPORT, about_id=room.ben.pk)
    ana.post(f"/asked/{again.pk}/")
    assert "New." in main(ana.get(f"/asked/{again.pk}/1/"))


def test_what_a_partner_reported_is_in_no_trail_of_whom_it_is_about(room: Room) -> None:
    about_ben = room.ask("phq-9", kind=Kind.REPORT, about_id=room.ben.pk)
    ana = signed_in(room.ana)
    ana.post(f"/asked/{about_ben.pk}/")
    ana.post(f"/asked/{about_ben.pk}/{RISK}/", {"step": "next", "answer": 3})
    ana.post(f"/asked/{about_ben.pk}/send/")
    thea = signed_in(room.thea)
    thea.get(f"/cases/{room.case.pk}/came-in/")
    thea.get(f"/asked/{about_ben.pk}/answers/")
    looked = main(signed_in(room.ben).get("/who-looked/"))
    assert not re.search(r"report|answers|alert", looked, re.IGNORECASE), looked
