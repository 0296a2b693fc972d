"""Who stands for a child waits for a time in the child's place: they are written to, and take what is kept."""

import re
from datetime import timedelta

import pytest
from tests.factories.cases import Role, a_case
from tests.factories.people import a_guardian, a_person, a_practice, a_therapist, acting
from tests.factories.scheduling import an_appointment, offers, works
from tests.permissions.browsing import Browser

from homeport.access.gate import Hidden
from homeport.cases.models import Case, GuardianNarrowing
from homeport.cases.services.narrow_guardian import narrow_guardian
from homeport.core.clock import now
from homeport.outbox.models import OutgoingMessage, QueuedJob
from homeport.outbox.services.run_job import run_next_job
from homeport.people.models import Person
from homeport.scheduling.models import Appointment, Hold, Offering, Waiting
from homeport.scheduling.services.cancel_appointment import cancel_appointment
from homeport.scheduling.services.wait_for_time import OFFER, stop_waiting, wait_for_time

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Room:
    """Tim comes alone; his father stands for him, signs in and takes no part. A stranger stands for nobody."""

    def __init__(self) -> None:
        a_practice()
        self.thea = a_therapist("Thea Stone")
        works(self.thea)
        self.tim = a_person("Tim Moor", age=8)
        self.father, self.stranger = a_guardian(self.tim, "Paul Park"), a_person("Sam Stranger")
        self.case = a_case(Case.Kind.INDIVIDUAL, lead=self.thea, people={self.tim: Role.CHILD})
        self.video = offers(self.thea)
        self.begins_at = (now() + timedelta(days=7)).replace(hour=16, minute=0, second=0, microsecond=0)

    def waits(self) -> Waiting:
        answer = Browser(self.father).post(
            f"/appointments/wait/{self.case.pk}/", {"offering": str(self.video.pk)}
        )
        assert answer.status == 303, answer.body.decode()
        return Waiting.objects.get()

    def frees_a_time(self) -> Hold:
        """Somebody gives a time back, and the worker offers it."""
        other = a_person("Olga Orr")
        case = a_case(Case.Kind.INDIVIDUAL, lead=self.thea, people={other: Role.CLIENT})
        booked = an_appointment(case, self.video, self.begins_at, subject=other, by=self.thea)
        cancel_appointment(actor=acting(other), appointment=booked, version=booked.version)
        QueuedJob.objects.exclude(name=OFFER).delete()
        while run_next_job():
            pass
        return Hold.objects.get()


@pytest.fixture
def room() -> Room:
    return Room()


def words(who: Person, path: str, status: int = 200) -> str:
    answer = Browser(who).get(path)
    assert answer.status == status, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.body.decode()))


def test_they_see_that_they_wait_and_for_whom(room: Room) -> None:
    waiting = room.waits()
    assert (waiting.person, waiting.case_id) == (room.tim, room.case.pk)
    shown = words(room.father, "/appointments/").partition("I wait for a time")[2]
    assert "For Tim Moor" in shown
    assert "I wait for a time" not in words(room.stranger, "/appointments/")


def test_what_becomes_free_is_written_to_them_and_they_take_it_for_the_child(room: Room) -> None:
    room.waits()
    hold = room.frees_a_time()
    assert [one.to_id for one in OutgoingMessage.objects.filter(kind="time-offered")] == [room.father.pk]
    assert "is free, and kept for you until" in words(room.father, "/appointments/")
    path = f"/appointments/times/{room.case.pk}/{hold.pk}/"
    words(room.stranger, path, status=404)
    found = re.search(
        rf'href="([^"]*{hold.pk}[^"]*)"', Browser(room.father).get("/appointments/").body.decode()
    )
    assert found is not None
    words(room.father, found[1])
    assert Browser(room.father).post(found[1], {}).status == 303
    made = Appointment.objects.get(subject_id=room.tim.pk)
    assert (made.begins_at, made.status) == (hold.begins_at, "booked")
    assert [each.person for each in made.people.all()] == [room.tim]
    assert Waiting.objects.get().ended_at is not None


def test_they_give_it_back_or_wait_no_longer_and_nobody_else_can(room: Room) -> None:
    waiting = room.waits()
    hold = room.frees_a_time()
    with pytest.raises(Hidden):
        stop_waiting(actor=acting(room.stranger), waiting=waiting)
    leave = f"/appointments/waiting/{waiting.pk}/leave/"
    assert Browser(room.stranger).post(leave, {}).status == 404
    assert Browser(room.father).post(f"/appointments/times/{room.case.pk}/{hold.pk}/drop/", {}).status == 303
    assert not Hold.objects.exists()
    assert Waiting.objects.get().ended_at is None, "they go on waiting for another"
    assert Browser(room.father).post(leave, {}).status == 303
    assert Waiting.objects.get().ended_at is not None


def test_who_may_no_longer_see_the_childs_times_waits_no_more_for_them(room: Room) -> None:
    waiting = room.waits()
    narrow_guardian(
        actor=acting(room.thea), participant=room.case.participants.get(person=room.tim), guardian=room.father,
        hides=GuardianNarrowing.Hides.APPOINTMENTS, reason="He waits at the door, and Tim is afraid of him.",
    )  # fmt: skip
    room.frees_a_time()
    assert room.father.pk not in {one.to_id for one in OutgoingMessage.objects.filter(kind="time-offered")}
    assert "I wait for a time" not in words(room.father, "/appointments/")
    assert Browser(room.father).post(f"/appointments/waiting/{waiting.pk}/leave/", {}).status == 404


def test_the_practice_may_put_the_child_on_the_list_and_they_are_written_to(room: Room) -> None:
    video: Offering = room.video
    wait_for_time(actor=acting(room.thea), offering=video, case_id=room.case.pk, person_id=room.tim.pk)
    room.frees_a_time()
    assert [one.to_id for one in OutgoingMessage.objects.filter(kind="time-offered")] == [room.father.pk]


def test_who_takes_part_too_takes_what_is_kept_for_the_child(room: Room) -> None:
    people = {room.father: Role.CAREGIVER, room.tim: Role.CHILD}
    case = a_case(Case.Kind.FAMILY, lead=room.thea, people=people)
    wait_for_time(actor=acting(room.thea), offering=room.video, case_id=case.pk, person_id=room.tim.pk)
    room.frees_a_time()
    found = re.search(
        r'href="([^"]*appointments/times/[^"]*child=[^"]*)"',
        Browser(room.father).get("/appointments/").body.decode(),
    )
    assert found is not None
    words(room.father, found[1])
    assert Browser(room.father).post(found[1], {}).status == 303
    assert [each.person for each in Appointment.objects.get(subject_id=room.tim.pk).people.all()] == [
        room.tim
    ]


def test_what_is_kept_for_the_child_in_another_case_is_none_of_theirs(room: Room) -> None:
    room.waits()
    hold = room.frees_a_time()
    Waiting.objects.update(
        case_id=a_case(Case.Kind.INDIVIDUAL, lead=room.thea, people={room.tim: Role.CHILD}).pk
    )
    path = f"/appointments/times/{room.case.pk}/{hold.pk}/"
    Browser(room.father).get(path)
    Browser(room.father).post(path, {})
    assert Hold.objects.filter(pk=hold.pk).exists()
    assert not Appointment.objects.filter(subject_id=room.tim.pk).exists()
