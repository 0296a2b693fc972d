"""Who stands for a child by law and takes no part in the case sees the times that the child comes to, and answers for it."""

import re
from html import unescape
from typing import Any

import pytest
from tests.factories.cases import Role, a_case, takes_part
from tests.factories.people import a_guardian, a_guardianship, a_person, a_practice, a_therapist, acting
from tests.factories.queries import at_most
from tests.factories.scheduling import an_appointment, offers, on, together, works
from tests.permissions.browsing import Browser

from homeport.access.gate import Hidden
from homeport.access.standing import standing_of
from homeport.audit.models import AuditEvent
from homeport.cases.models import Case, GuardianNarrowing
from homeport.cases.services.narrow_guardian import narrow_guardian
from homeport.people.models import Person
from homeport.scheduling.models import Appointment, AppointmentPerson, Hold, Offering
from homeport.scheduling.presenters import written
from homeport.scheduling.services.consent_to_time import consent_to_time
from homeport.scheduling.ward_times import ward_times

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Room:
    """Tim meets Thea with his mother; his father stands for him and takes no part."""

    def __init__(self, *, age: int = 8, **how: Any) -> None:
        a_practice()
        self.thea = a_therapist("Thea Stone")
        works(self.thea)
        self.mother, self.tim = a_person("Greta Moor"), a_person("Tim Moor", age=age)
        self.father = a_guardian(self.tim, "Paul Park", **how)
        self.role = Role.CHILD if age < 12 else Role.ADOLESCENT
        people = {self.mother: Role.CAREGIVER, self.tim: self.role}
        self.case = a_case(Case.Kind.FAMILY, lead=self.thea, people=people)
        together(self.case)
        self.offering = offers(self.thea, Offering.Kind.FAMILY, price=9000, currency="CAD")
        self.time = an_appointment(self.case, self.offering, on(3, 10), by=self.thea)
        # As after a move: then a child is asked, too.
        self.time.people.filter(person=self.tim).update(consent="asked", answered_at=None)

    @property
    def path(self) -> str:
        return f"/appointments/{self.time.pk}/"

    def answers(self, who: Person, whom: Person | None, answer: str = "yes") -> int:
        fields = {"answer": answer, **({"person": str(whom.pk)} if whom else {})}
        return Browser(who).post(f"{self.path}answer/", fields).status

    def consent(self, who: Person) -> str:
        found: str = AppointmentPerson.objects.get(appointment=self.time, person=who).consent
        return found


def words(who: Person, path: str) -> str:
    answer = Browser(who).get(path)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.body.decode())) if answer.status == 200 else ""


def test_they_read_when_and_where_and_not_who_else_comes_nor_what_kind_it_is() -> None:
    room = Room()
    for path in ("/appointments/", room.path):
        shown = words(room.father, path)
        assert "Does this time suit Tim Moor?" in shown
        assert "Thea Stone" in shown
        for hidden in ("Greta", "family", "Family", "together with", "90 CAD", "Move it", "Cancel it"):
            assert hidden not in shown, hidden
    event = AuditEvent.objects.filter(person_id=room.father.pk, material="appointment").latest("at")
    assert (event.subject_id, event.case_id) == (room.tim.pk, room.case.pk)


def test_they_say_yes_for_the_child_and_with_everybodys_yes_it_is_booked() -> None:
    room = Room()
    assert room.answers(room.father, room.tim) == 303
    assert (room.consent(room.tim), room.consent(room.mother)) == ("yes", "asked")
    event = AuditEvent.objects.filter(verb="change", row_id=room.time.pk).latest("at")
    assert (event.person_id, event.subject_id) == (room.father.pk, room.tim.pk)
    assert "Not settled yet" in words(room.father, room.path)
    assert room.answers(room.mother, None) == 303
    assert Appointment.objects.get(pk=room.time.pk).status == "booked"
    shown = words(room.father, room.path)
    assert "A time of Tim Moor" in shown
    assert "Not settled yet" not in shown


def test_a_no_leaves_it_unbooked() -> None:
    room = Room()
    assert room.answers(room.father, room.tim, "no") == 303
    room.answers(room.mother, None)
    assert Appointment.objects.get(pk=room.time.pk).status == "proposed"


def test_for_a_teen_who_is_asked_and_cannot_answer_alone_they_answer_too() -> None:
    room = Room(age=12)
    AppointmentPerson.objects.filter(person=room.tim).update(consent="asked")
    sees = bool(standing_of(acting(room.father)).guards_with_appointments)
    assert (room.answers(room.father, room.tim) == 303) is sees


def test_times_of_others_and_those_without_the_child_are_not_there() -> None:
    room = Room()
    alone = an_appointment(room.case, offers(room.thea), on(4, 10), subject=room.mother, by=room.thea)
    without = an_appointment(room.case, room.offering, on(5, 10), by=room.thea)
    without.people.filter(person=room.tim).delete()
    shown = Browser(room.father).get("/appointments/").body
    for row in (alone, without):
        assert str(row.pk).encode() not in shown
        assert Browser(room.father).get(f"/appointments/{row.pk}/").status == 404
        fields = {"answer": "yes", "person": str(room.tim.pk)}
        assert Browser(room.father).post(f"/appointments/{row.pk}/answer/", fields).status == 404


def test_they_answer_for_nobody_else_and_move_and_cancel_nothing() -> None:
    room = Room()
    for whom in (room.mother, None, room.father, a_person()):
        assert room.answers(room.father, whom) == 404
    with pytest.raises(Hidden):
        consent_to_time(
            actor=acting(room.father), appointment=room.time, comes=True, person_id=room.mother.pk
        )
    for act in ("move", "cancel"):
        assert Browser(room.father).get(f"{room.path}{act}/").status == 404
        assert Browser(room.father).post(f"{room.path}{act}/", {"version": 1}).status == 404
    assert (room.consent(room.mother), room.consent(room.tim)) == ("asked", "asked")


@pytest.mark.parametrize("why", ["not verified", "no authority", "narrowed", "by law"])
def test_who_may_not_see_appointments_sees_none_and_answers_nothing(why: str) -> None:
    how: dict[str, dict[str, Any]] = {
        "not verified": {"verified": False},
        "no authority": {"legal_authority": False, "daily_care": True},
        "by law": {"age": 15},
    }
    room = Room(**how.get(why, {}))
    if why == "narrowed":
        part = room.case.participants.get(person=room.tim)
        narrow_guardian(
            actor=acting(room.thea), participant=part, guardian=room.father,
            hides=GuardianNarrowing.Hides.APPOINTMENTS, reason="He waits outside, and she is afraid of him.",
        )  # fmt: skip
    assert str(room.time.pk).encode() not in Browser(room.father).get("/appointments/").body
    assert Browser(room.father).get(room.path).status == 404
    assert room.answers(room.father, room.tim) == 404
    assert room.consent(room.tim) == "asked"


def test_what_is_the_mothers_own_changes_nothing_that_they_read() -> None:
    room = Room()
    before = [words(room.father, path) for path in ("/appointments/", room.path)]
    own = an_appointment(room.case, offers(room.thea), on(6, 10), subject=room.mother, by=room.thea)
    assert room.answers(room.mother, None) == 303
    after = [words(room.father, path) for path in ("/appointments/", room.path)]
    assert after == before
    assert all(before)
    assert Browser(room.father).get(f"/appointments/{own.pk}/").status == 404


def test_more_times_take_no_more_questions() -> None:
    room = Room()
    actor = acting(room.father)
    standing = standing_of(actor)
    for day in range(8, 12):
        an_appointment(room.case, room.offering, on(day, 10), by=room.thea)
    with at_most(6):
        assert len(ward_times(actor, standing)) == 5


def test_they_book_the_childs_own_times_and_read_of_no_others() -> None:
    room = Room()
    offers(room.thea)
    shown = words(room.father, f"/appointments/times/{room.case.pk}/")
    assert "One person" in words(room.mother, f"/appointments/times/{room.case.pk}/")
    assert "A family" in words(room.mother, f"/appointments/times/{room.case.pk}/")
    assert shown
    assert "A family" not in shown
    assert "For Tim Moor" in words(room.father, "/appointments/")


def test_the_page_of_the_child_leads_to_their_times() -> None:
    room = Room()
    assert b'<a href="/appointments/">' in Browser(room.father).get("/children/").body


def test_who_stands_for_two_children_says_for_which_one_the_time_is() -> None:
    room = Room()
    tom = a_person("Tom Moor", age=7)
    takes_part(room.case, tom, Role.CHILD)
    a_guardianship(tom, room.father)
    alone = offers(room.thea)
    path, browser = f"/appointments/times/{room.case.pk}/", Browser(room.father)
    asked = browser.get(f"{path}?offering={alone.pk}").body.decode()
    assert "For whom?" in asked
    ways = {
        name: unescape(way) for way, name in re.findall(r'<a href="([^"]*child=[^"]*)">([^<]*)</a>', asked)
    }
    assert ways == {
        each.shown_name: f"{path}?offering={alone.pk}&child={each.pk}" for each in (room.tim, tom)
    }
    unsaid = browser.post(path, {"offering": alone.pk, "time": written(on(4, 10), None)})
    assert unsaid.status == 422
    assert not Hold.objects.exists(), "nothing is kept for nobody in particular"
    for day, child in ((4, tom), (5, room.tim)):
        shown = browser.get(ways[child.shown_name]).body.decode()
        assert f"For {child.shown_name}" in shown
        assert f"offering={alone.pk}&amp;child={child.pk}" in shown, (
            "waiting for a time is for the same child"
        )
        held = browser.post(
            ways[child.shown_name], {"offering": alone.pk, "time": written(on(day, 10), None)}
        )
        assert held.status == 303
        keep = held.goes_to
        assert keep.endswith(f"?child={child.pk}")
        assert child.shown_name in words(room.father, keep)
        assert browser.post(keep, {}).status == 303
        booked = Appointment.objects.get(subject_id=child.pk)
        assert booked.begins_at == on(day, 10)
    stranger = a_person("Nobody Here", age=7)
    for whom in (stranger.pk, room.mother.pk, "x"):
        assert browser.get(f"{path}?child={whom}").status == 404
    assert Browser(room.mother).get(path).status == 200, "who takes part books for themselves"
