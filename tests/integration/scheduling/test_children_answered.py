"""A guardian says on a page whether the time of a meeting together is right for a child who does not sign in."""

import pytest
from tests.factories.cases import Role, a_case
from tests.factories.people import a_guardianship, a_person, a_practice, a_therapist
from tests.factories.scheduling import an_appointment, offers, on, together, works
from tests.factories.signing_in import signed_in

from homeport.cases.models import Case
from homeport.people.models import Person
from homeport.scheduling.models import Appointment, Offering

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Room:
    """A mother who stands for Tim and comes with him, his grandmother who only comes along, and a time together."""

    def __init__(self) -> None:
        a_practice()
        self.thea = a_therapist("Thea")
        works(self.thea)
        self.mother, self.gran, self.tim = (
            a_person("Mia Moor"),
            a_person("Greta Moor"),
            a_person("Tim Moor", age=8),
        )
        a_guardianship(self.tim, self.mother)
        people = {self.mother: Role.CAREGIVER, self.gran: Role.CAREGIVER, self.tim: Role.CHILD}
        case = a_case(Case.Kind.FAMILY, lead=self.thea, people=people)
        together(case)
        self.asked = an_appointment(case, offers(self.thea, Offering.Kind.FAMILY), on(3, 10), by=self.thea)
        # As after every move: then a child is asked, too.
        self.asked.people.filter(person=self.tim).update(consent="asked", answered_at=None)

    def says(self, who: Person, *, whom: Person | None = None, answer: str = "yes") -> int:
        fields = {"answer": answer, **({"person": str(whom.pk)} if whom else {})}
        status: int = signed_in(who).post(f"/appointments/{self.asked.pk}/answer/", fields).status_code
        return status

    def consent(self, who: Person) -> str:
        found: str = self.asked.people.get(person=who).consent
        return found


@pytest.fixture
def room() -> Room:
    return Room()


def test_a_guardian_answers_for_the_child_and_for_themselves_apart(room: Room) -> None:
    pages = ("/appointments/", f"/appointments/{room.asked.pk}/")
    for path in pages:
        assert "Yes, Tim Moor can come" in signed_in(room.mother).get(path).content.decode()
        assert "Tim Moor can come" not in signed_in(room.gran).get(path).content.decode()
    assert room.says(room.mother, whom=room.tim) == 303
    assert (room.consent(room.tim), room.consent(room.mother)) == ("yes", "asked")
    for path in pages:
        assert "Tim Moor can come" not in signed_in(room.mother).get(path).content.decode()
    assert room.says(room.mother) == 303
    assert room.says(room.gran) == 303
    assert Appointment.objects.get(pk=room.asked.pk).status == "booked"


def test_nobody_else_answers_for_the_child(room: Room) -> None:
    for who, whom in (
        (room.gran, room.tim),
        (room.gran, room.mother),
        (room.thea, room.tim),
        (a_person(), room.tim),
    ):
        assert room.says(who, whom=whom) == 404
    assert room.says(room.mother, whom=a_person()) == 404
    answer = signed_in(room.mother).post(
        f"/appointments/{room.asked.pk}/answer/", {"answer": "yes", "person": "x"}
    )
    assert answer.status_code == 404
    assert room.consent(room.tim) == "asked"


def test_a_no_for_the_child_leaves_it_unbooked(room: Room) -> None:
    for whom in (None, room.tim):
        room.says(room.mother, whom=whom, answer="no" if whom else "yes")
    room.says(room.gran)
    assert Appointment.objects.get(pk=room.asked.pk).status == "proposed"
