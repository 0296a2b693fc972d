"""The private questions about home: answered once, alone, and then gone from every screen of whoever answered."""

import re

import pytest
from tests.factories.cases import a_child_case, a_couple
from tests.factories.people import a_person, a_supervisor, a_therapist, acting
from tests.factories.signing_in import signed_in

from homeport.access.gate import Hidden
from homeport.audit.models import AuditEvent
from homeport.content.screens import screen as questions
from homeport.core import keys
from homeport.people.models import Person
from homeport.safety.models import ViolenceScreen
from homeport.safety.services.answer_screen import answer_screen
from homeport.safety.services.ask_screens import ask_screens

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ASKED = questions("safe-at-home")


class Room:
    """A couple that was asked."""

    def __init__(self) -> None:
        self.ana, self.ben, self.thea = a_person("Ana Ames"), a_person("Ben Bell"), a_therapist("Thea Stone")
        self.case = a_couple(self.ana, self.ben, lead=self.thea)
        ask_screens(actor=acting(self.thea), case_id=self.case.pk)

    def of(self, person: Person) -> ViolenceScreen:
        return ViolenceScreen.objects.filter(author_id=person.pk).order_by("-created_at")[0]


@pytest.fixture
def room() -> Room:
    return Room()


def test_it_is_asked_answered_once_and_then_nowhere(room: Room) -> None:
    ana = signed_in(room.ana)
    assert "A few questions" in ana.get("/home/").content.decode()
    assert "Are you ever afraid" not in ana.get("/questions/").content.decode(), "first, whether she is alone"
    begun = ana.post("/questions/", {"alone": "no"})
    assert begun.status_code == 200
    assert "Are you ever afraid" in begun.content.decode()
    assert room.of(room.ana).answers is None
    answer = ana.post("/questions/", {"alone": "no", "begun": "yes", "afraid": "yes", "breath": "sometimes"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/home/")
    assert ana.get("/questions/").status_code == 404
    assert ana.post("/questions/", {"alone": "no", "begun": "yes", "afraid": "no"}).status_code == 404
    for path in ("/home/", "/journal/", "/who-looked/", "/account/my-data/"):
        shown = ana.get(path).content.decode()
        assert not re.search(
            r"A few questions|afraid|screen|violence", shown.split("<main")[1], re.IGNORECASE
        ), path
    held = room.of(room.ana).answers
    assert held["answers"]["afraid"] == "yes"
    assert held["answers"]["weapon"] == "skip"
    assert (held["id"], held["version"], held["hash"]) == (ASKED.id, ASKED.version, ASKED.hash)


def test_with_somebody_near_nothing_is_kept_and_it_still_waits(room: Room) -> None:
    ana = signed_in(room.ana)
    assert (
        ana.post("/questions/", {"alone": "yes", "begun": "yes", "afraid": "yes"}).headers["Location"]
        == "/home/"
    )
    assert room.of(room.ana).answers is None
    assert ana.get("/questions/").status_code == 200


def test_nothing_is_shown_before_one_says_that_one_is_alone(room: Room) -> None:
    answer = signed_in(room.ana).post("/questions/", {"afraid": "yes"})
    assert answer.status_code == 422
    assert "Please say first whether you are alone." in answer.content.decode()
    assert "Are you ever afraid" not in answer.content.decode()
    assert room.of(room.ana).answers is None


def test_what_was_chosen_stays_chosen_when_something_is_not_taken(room: Room) -> None:
    answer = signed_in(room.ana).post(
        "/questions/", {"alone": "no", "begun": "yes", "afraid": "yes", "weapon": "perhaps"}
    )
    assert answer.status_code == 422
    assert re.search(r'name="afraid"[^>]*value="yes" checked', answer.content.decode())
    assert room.of(room.ana).answers is None


def test_on_two_devices_only_the_first_answer_counts(room: Room) -> None:
    waiting, again = room.of(room.ana), room.of(room.ana)
    answer_screen(actor=acting(room.ana), screen=waiting, asked=ASKED, answers={"afraid": "yes"})
    with pytest.raises(Hidden):
        answer_screen(actor=acting(room.ana), screen=again, asked=ASKED, answers={"afraid": "no"})
    assert room.of(room.ana).answers["answers"]["afraid"] == "yes"


def test_nobody_answers_for_another(room: Room) -> None:
    for person in (room.ben, room.thea):
        with pytest.raises(Hidden):
            answer_screen(actor=acting(person), screen=room.of(room.ana), asked=ASKED, answers={})


def test_those_who_treat_read_it_and_it_leaves_no_trace_for_her(room: Room) -> None:
    supervisor = a_supervisor(room.thea)
    signed_in(room.ana).post("/questions/", {"alone": "no", "begun": "yes", "parting": "yes", "afraid": "no"})
    path = f"/screens/{room.of(room.ana).pk}/"
    for person in (room.thea, supervisor):
        shown = signed_in(person).get(path).content.decode()
        assert shown.index("If you wanted to part") < shown.index("Are you ever afraid"), (
            "what to talk about stands first"
        )
    for person in (room.ana, room.ben):
        assert signed_in(person).get(path).status_code == 404
    assert AuditEvent.objects.filter(material="violence_screen", verb="read").count() == 2
    assert "Nobody else has looked" in signed_in(room.ana).get("/who-looked/").content.decode()


def test_a_screening_again_is_a_row_of_its_own_for_whoever_has_answered(room: Room) -> None:
    signed_in(room.ana).post("/questions/", {"alone": "no", "begun": "yes"})
    assert ask_screens(actor=acting(room.thea), case_id=room.case.pk) == 1
    assert ViolenceScreen.objects.filter(author_id=room.ana.pk).count() == 2
    assert ViolenceScreen.objects.filter(author_id=room.ben.pk).count() == 1
    assert signed_in(room.ana).get("/questions/").status_code == 200


def test_a_child_is_not_asked_and_a_teen_is() -> None:
    thea = a_therapist()
    for age, asked in ((9, 0), (15, 1)):
        case = a_child_case(a_person(age=age), lead=thea)
        assert ask_screens(actor=acting(thea), case_id=case.pk) == asked


@pytest.mark.parametrize("who", ["ana", "ben", "stranger"])
def test_only_the_care_team_asks(room: Room, who: str) -> None:
    person = a_therapist() if who == "stranger" else getattr(room, who)
    with pytest.raises(Hidden):
        ask_screens(actor=acting(person), case_id=room.case.pk)


def test_answers_that_were_erased_are_not_there(room: Room) -> None:
    signed_in(room.ana).post("/questions/", {"alone": "no", "begun": "yes", "afraid": "yes"})
    keys.destroy(room.of(room.ana).key_scope)
    thea = signed_in(room.thea)
    assert thea.get(f"/screens/{room.of(room.ana).pk}/").status_code == 404
    assert str(room.of(room.ana).pk) not in thea.get(f"/cases/{room.case.pk}/").content.decode()


def test_a_store_that_came_back_without_its_keys_does_not_look_like_erasure(room: Room) -> None:
    signed_in(room.ana).post("/questions/", {"alone": "no", "begun": "yes", "afraid": "yes"})
    keys.store.DataKey.objects.filter(scope=room.of(room.ana).key_scope).delete()
    keys.store.forget_opened()
    shown = signed_in(room.thea).get(f"/screens/{room.of(room.ana).pk}/").content.decode()
    assert "their key is not here" in shown


def test_a_post_from_a_session_that_is_over_is_kept_nowhere(room: Room) -> None:
    """What a session that timed out would keep as a draft, it does not keep of this one."""
    from homeport.accounts.models import KeptDraft, Session

    browser = signed_in(room.ana)
    Session.objects.update(expires_at="2020-01-01T00:00Z")
    answer = browser.post(
        "/questions/", {"alone": "no", "begun": "yes", "afraid": "yes"}, HTTP_SEC_FETCH_SITE="same-origin"
    )
    assert answer.status_code == 302
    assert not KeptDraft.objects.exists()
    assert room.of(room.ana).answers is None
