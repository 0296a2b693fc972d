"""Intake proposes for all who wait at once, and nothing happens before a human has confirmed it."""

from datetime import timedelta

import pytest
from tests.factories.meeting import a_listed
from tests.factories.people import a_person, a_practice, a_therapist, acting, someone_with
from tests.factories.queries import at_most
from tests.factories.signing_in import signed_in
from tests.integration.directory.test_match_pages import words_of

from homeport.access.gate import Hidden
from homeport.core.clock import now
from homeport.directory.models import Request
from homeport.directory.services.answer_request import accept_request
from homeport.directory.services.ask_to_begin import ask_to_begin
from homeport.directory.services.propose_assignment import propose_assignment, waiting_people
from homeport.directory.services.put_request import Said
from homeport.people.models import Person, Role
from homeport.people.offers import Together

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
pytest.importorskip("highspy", reason="the extra science is not installed")


def waits(person: Person, *concerns: str, days: int = 1, urgency: int = 0, where: str = "CA-ON") -> Request:
    wishes = {"where": where, "concerns": list(concerns), "weights": {"concerns": 2}}
    asked = ask_to_begin(actor=acting(person), to_id=None, said=Said(where=where, wishes=wishes))
    Request.objects.filter(pk=asked.pk).update(sent_at=now() - timedelta(days=days), urgency=urgency)
    asked.refresh_from_db()
    return asked


class Room:
    def __init__(self) -> None:
        a_practice()
        one = {Together.INDIVIDUAL: 1}
        self.grace = a_listed("Grace Gale", concerns=["grief"], places=one)
        self.paul = a_listed("Paul Pine", concerns=["mood"], places=one)
        a_listed(
            "Quinn Quay", licensed_in="CA-QC", concerns=["grief", "mood"], places={Together.INDIVIDUAL: 9}
        )
        self.intake = someone_with(Role.INTAKE, name="Ines Ivy")
        self.ana, self.ben = (
            waits(a_person("Ana Ames"), "grief"),
            waits(a_person("Ben Bell"), "mood", days=90),
        )
        self.olga = waits(a_person("Olga Orr"), "grief", urgency=2)


@pytest.fixture
def room() -> Room:
    return Room()


def again(asked: Request) -> Request:
    asked.refresh_from_db()
    return asked


def shown(asked: Request) -> str:
    """As it stands on the page: its version, and whom it is proposed for."""
    again(asked)
    return f"{asked.pk}:{asked.version}:{asked.proposed_to_id or ''}"


def test_a_proposal_does_nothing_and_says_why(room: Room) -> None:
    client = signed_in(room.intake)
    assert "Ana Ames" in words_of(client.get("/waiting/"))
    said = words_of(client.post("/waiting/propose/"))
    assert again(room.olga).proposed_to_id == room.grace.pk, "urgent, and knows this"
    assert again(room.ben).proposed_to_id == room.paul.pk
    assert again(room.ana).proposed_to_id is None
    assert "Give it to Grace Gale" in said
    assert "Works with this: Grief and loss" in said
    assert "their places filled by people who wait longer" in said
    assert "It is proved that no plan does better" in said
    assert not Request.objects.exclude(to_id=None).exists()
    assert "Olga" not in words_of(signed_in(room.grace).get("/requests/"))


def test_a_human_confirms_one_or_all_and_the_therapist_says_yes(room: Room) -> None:
    client = signed_in(room.intake)
    client.post("/waiting/propose/")
    rows = [shown(each) for each in (room.ana, room.ben, room.olga)]
    assert client.post("/waiting/confirm/", {"row": rows, "chosen": [str(room.olga.pk)]}).status_code == 303
    assert again(room.olga).to_id == room.grace.pk
    assert again(room.ben).to_id is None
    assert "Olga Orr" in words_of(signed_in(room.grace).get("/requests/"))
    stale = [f"{room.ben.pk}:77:{room.ben.proposed_to_id}"]
    assert client.post("/waiting/confirm/", {"row": stale, "all": "yes"}).status_code == 422
    assert client.post("/waiting/confirm/", {"row": rows, "all": "yes"}).status_code == 303
    assert again(room.ben).to_id == room.paul.pk
    assert again(room.ana).to_id is None
    accept_request(actor=acting(room.paul), asked=room.ben, version=room.ben.version)
    assert room.ben.opened_case_id is not None


def test_nobody_goes_where_there_is_no_licence_or_back_to_whom_they_left(room: Room) -> None:
    Request.objects.filter(pk=room.ana.pk).update(first_to_id=room.grace.pk)
    Request.objects.exclude(pk=room.ana.pk).update(status="withdrawn")
    propose_assignment(actor=acting(room.intake))
    assert again(room.ana).proposed_to_id == room.paul.pk
    elsewhere = waits(a_person(), "grief", where="GB-SCT")
    propose_assignment(actor=acting(room.intake))
    assert again(elsewhere).proposed_to_id is None
    assert "licence there" in again(elsewhere).proposal["none"]


def test_it_is_intakes_alone(room: Room) -> None:
    for person in (room.grace, a_therapist(), a_person(), someone_with(Role.MANAGER)):
        client = signed_in(person)
        assert client.get("/waiting/").status_code == 404
        assert client.post("/waiting/propose/").status_code == 404
        assert client.post("/waiting/confirm/", {"all": "yes"}).status_code == 404
        with pytest.raises(Hidden):
            waiting_people(acting(person))


def test_what_is_read_does_not_grow_with_who_waits(room: Room) -> None:
    for number in range(12):
        waits(a_person(f"Person {number}"), "grief")
    client = signed_in(room.intake)
    with at_most(40):
        client.get("/waiting/")


@pytest.mark.parametrize(
    "sent", [{"row": ["x"]}, {"row": ["x:1"], "chosen": ["y"]}, {"chosen": ["1" * 99]}, {}]
)
def test_what_is_no_form_of_ours_gives_nobody_on(room: Room, sent: dict[str, list[str]]) -> None:
    assert signed_in(room.intake).post("/waiting/confirm/", sent).status_code == 422
    assert not Request.objects.exclude(to_id=None).exists()
