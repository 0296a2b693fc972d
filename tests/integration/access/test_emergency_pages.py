"""Breaking the glass: with a reason, for an hour, shown to the client, looked at by the supervisor."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from tests.factories.cases import a_couple, an_individual
from tests.factories.people import a_person, a_supervisor, a_therapist, acting, born
from tests.factories.signing_in import signed_in

from homeport.access.gate import Hidden
from homeport.access.models import BrokenGlass
from homeport.access.services.acknowledge import acknowledge_emergency
from homeport.access.services.break_glass import LASTS
from homeport.audit.models import AuditEvent
from homeport.audit.verbs import Verb
from homeport.cases.models import Case
from homeport.people.models import Person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
REASON = "Ana called the desk in great distress about her brother."


class Room:
    """A couple, its therapist and supervisor, and a therapist who has nothing to do with them."""

    def __init__(self) -> None:
        self.ana, self.ben, self.thea = (
            a_person("Ana Ames", age=30),
            a_person("Ben Bell"),
            a_therapist("Thea Stone"),
        )
        self.case = a_couple(self.ana, self.ben, lead=self.thea)
        self.sue, self.emil = a_supervisor(self.thea, name="Sue Hart"), a_therapist("Emil Fox")

    def breaks(self, **fields: str) -> object:
        said = {"name": "Ana Ames", "reason": REASON, "born": "", **fields}
        return signed_in(self.emil).post("/emergency/", said)

    def page(self, person: Person, path: str) -> str:
        return unescape(signed_in(person).get(path).content.decode())


@pytest.fixture
def room() -> Room:
    return Room()


def test_it_opens_the_case_for_an_hour(room: Room) -> None:
    with time_machine.travel("2027-03-01 10:00Z", tick=False) as clock:
        assert room.breaks().headers["Location"] == f"/cases/{room.case.pk}/"  # type: ignore[attr-defined]
        assert "Ana Ames" in room.page(room.emil, f"/cases/{room.case.pk}/")
        assert "Write a note" not in room.page(room.emil, f"/cases/{room.case.pk}/")
        clock.shift(LASTS + timedelta(seconds=1))
        assert signed_in(room.emil).get(f"/cases/{room.case.pk}/").status_code == 404


def test_everybody_in_the_case_is_shown_who_and_when_and_nobody_why(room: Room) -> None:
    room.breaks()
    for person in (room.ana, room.ben):
        shown = room.page(person, "/home/")
        assert "Emil Fox opened your record in an emergency" in shown
        assert "distress" not in shown
        looked = room.page(person, "/who-looked/")
        assert "opened your record in an emergency" in looked
        assert "distress" not in looked


def test_the_supervisor_and_the_therapist_are_told_and_one_of_them_sees_to_it(room: Room) -> None:
    room.breaks()
    opened = BrokenGlass.objects.get()
    for person in (room.sue, room.thea):
        assert "in an emergency" in room.page(person, "/home/")
        assert REASON in room.page(person, "/emergencies/")
    assert REASON not in room.page(room.emil, "/emergencies/"), "nobody looks at what they did themselves"
    assert signed_in(room.emil).post(f"/emergencies/{opened.pk}/seen/").status_code == 404
    assert signed_in(room.sue).post(f"/emergencies/{opened.pk}/seen/").status_code == 303
    opened.refresh_from_db()
    assert opened.acknowledged_by_id == room.sue.pk
    assert "Nothing waits for you" in room.page(room.thea, "/emergencies/")
    with pytest.raises(Hidden):
        acknowledge_emergency(actor=acting(room.thea), broken_id=opened.pk)


def test_the_breakers_own_supervisor_is_told_too(room: Room) -> None:
    other = a_supervisor(room.emil)
    room.breaks()
    assert REASON in room.page(other, "/emergencies/")


def test_two_of_one_name_are_told_apart_by_their_birth(room: Room) -> None:
    other = a_person("ana ames", age=50)
    case = an_individual(other)
    answer = room.breaks()
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "date of birth" in answer.content.decode()  # type: ignore[attr-defined]
    assert REASON in unescape(answer.content.decode())  # type: ignore[attr-defined]
    assert room.breaks(born=str(born(50))).headers["Location"] == f"/cases/{case.pk}/"  # type: ignore[attr-defined]


def test_a_name_that_is_nobodys_leaves_a_trace(room: Room) -> None:
    assert room.breaks(name="Nora Nobody").status_code == 422  # type: ignore[attr-defined]
    assert not BrokenGlass.objects.exists()
    assert AuditEvent.objects.get(verb=Verb.REFUSED).person_id == room.emil.pk


def test_every_case_of_the_person_is_opened_but_closed_ones(room: Room) -> None:
    alone, over = an_individual(room.ana), an_individual(room.ana)
    Case.objects.filter(pk=over.pk).update(status="closed", closed_at="2027-01-01T00:00Z")
    room.breaks()
    assert set(BrokenGlass.objects.values_list("case_id", flat=True)) == {room.case.pk, alone.pk}


@pytest.mark.parametrize("reason", ["", "   ", "urgent"])
def test_a_reason_is_a_sentence(room: Room, reason: str) -> None:
    assert room.breaks(reason=reason).status_code == 422  # type: ignore[attr-defined]
    assert not BrokenGlass.objects.exists()


def test_nobody_breaks_into_a_case_they_take_part_in(room: Room) -> None:
    own = a_couple(room.emil, a_person("Emma Fox"))
    answer = room.breaks(name="Emma Fox")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert not BrokenGlass.objects.filter(case_id=own.pk).exists()
