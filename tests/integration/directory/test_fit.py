"""Is this the right one? Asked after the first and the third session, and read by nobody else."""

from datetime import timedelta

import pytest
import time_machine
from tests.factories.cases import a_couple, a_group, an_individual, takes_part
from tests.factories.people import a_person, a_practice, a_supervisor, a_therapist, acting
from tests.factories.scheduling import Kind, an_appointment, offers, on, works
from tests.factories.signing_in import signed_in
from tests.integration.directory.test_match_pages import words_of

from homeport.access.gate import Hidden
from homeport.cases.models import Case, Participant
from homeport.core.actor import system
from homeport.core.clock import now
from homeport.directory.fit import Due, due_reviews
from homeport.directory.models import FitReview
from homeport.directory.services.give_fit_review import give_fit_review
from homeport.directory.services.tell_of_fit_reviews import tell_of_fit_reviews
from homeport.outbox.models import OutgoingMessage
from homeport.people.models import Person
from homeport.scheduling.services.cancel_appointment import cancel_appointment

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Room:
    def __init__(self) -> None:
        a_practice()
        self.thea, self.ana = a_therapist("Thea Stone"), a_person("Ana Ames")
        self.case = an_individual(self.ana, lead=self.thea)
        works(self.thea)
        self.offering = offers(self.thea)

    def meets(self, *days: int) -> None:
        for day in days:
            an_appointment(self.case, self.offering, on(day, 10), subject=self.ana)


@pytest.fixture
def room() -> Room:
    return Room()


def due(person: Person, case: Case) -> list[int]:
    return [each.after for each in due_reviews(person.pk, [case.pk])]


def test_it_is_due_after_the_first_and_the_third_session(room: Room) -> None:
    room.meets(2, 9, 16)
    assert due(room.ana, room.case) == []
    with time_machine.travel(now() + timedelta(days=3)):
        assert due_reviews(room.ana.pk, [room.case.pk]) == [Due(room.case.pk, 1, room.thea.pk)]
        give_fit_review(actor=acting(room.ana), case_id=room.case.pk, after=1, answers={"heard": 3}, words="")
        assert due(room.ana, room.case) == []
    with time_machine.travel(now() + timedelta(days=10)):
        assert due(room.ana, room.case) == [], "the second asks nothing"
    with time_machine.travel(now() + timedelta(days=17)):
        assert due(room.ana, room.case) == [3]


def test_it_is_kept_for_oneself_and_nobody_else_reads_it(room: Room) -> None:
    room.meets(2)
    with time_machine.travel(now() + timedelta(days=3)):
        ana, address = signed_in(room.ana), f"/cases/{room.case.pk}/right-one/"
        page = ana.get(address)
        assert "Thea Stone never sees it" in words_of(page)
        answer = ana.post(address, {"heard": "4", "again": "3", "words": "She has kind eyes."})
        assert answer.status_code == 303
        assert "Kept, for you alone." in words_of(ana.get("/home/")), (
            "and it is said on the page they come to"
        )
        assert "Kept, for you alone." not in words_of(ana.get("/home/"))
        review = FitReview.objects.get()
        assert (review.answers, review.words, review.case_id) == (
            {"heard": 4, "again": 3},
            "She has kind eyes.",
            None,
        )
        for again in (ana.get(address), ana.post(address, {"heard": "0"})):
            assert (again.status_code, again["Location"]) == (303, "/home/"), (
                "asked once, and never a page not found"
            )
        assert "What you sent first is kept." in words_of(ana.get("/home/"))
        assert FitReview.objects.get() == review
        assert "kind eyes" in ana.get("/account/my-data/").content.decode() or review.author_id == room.ana.pk
        for person in (room.thea, a_supervisor(room.thea), a_therapist()):
            assert signed_in(person).get(address).status_code == 404
            with pytest.raises(Hidden):
                give_fit_review(actor=acting(person), case_id=room.case.pk, after=1, answers={}, words="")
        assert give_fit_review_again(room) is None


def give_fit_review_again(room: Room) -> FitReview | None:
    """On a second device, whose page was open before the first was sent."""
    with pytest.raises(Hidden):
        give_fit_review(actor=acting(room.ana), case_id=room.case.pk, after=1, answers={}, words="")
    return None


def test_a_low_answer_leads_to_two_ways_on(room: Room) -> None:
    room.meets(2)
    with time_machine.travel(now() + timedelta(days=3)):
        page = signed_in(room.ana).post(f"/cases/{room.case.pk}/right-one/", {"heard": "0"})
        assert "Say it there" in words_of(page)
        assert f"/cases/{room.case.pk}/somebody-else/" in page.content.decode()


def test_a_partners_own_sessions_make_nothing_due_for_the_other(room: Room) -> None:
    """Separate appointments stay invisible to the others, by this as well."""
    ben = a_person("Ben Bell")
    couple = a_couple(room.ana, ben, lead=room.thea)
    an_appointment(couple, room.offering, on(3, 10), subject=room.ana)
    with time_machine.travel(now() + timedelta(days=4)):
        assert due(room.ana, couple) == [1]
        assert due(ben, couple) == []


def letters() -> list[OutgoingMessage]:
    return list(OutgoingMessage.objects.filter(kind="fit"))


def test_a_letter_says_once_that_something_waits_and_not_what(room: Room) -> None:
    signed_in(room.ana)
    room.meets(2, 9, 16)
    told = {"actor": system("a test")}
    assert tell_of_fit_reviews(**told) == 0
    with time_machine.travel(now() + timedelta(days=3)):
        assert tell_of_fit_reviews(**told) == 1
        tell_of_fit_reviews(**told)
        (letter,) = letters()
        assert letter.to_id == room.ana.pk
        said = f"{letter.words['subject']} {letter.words['body']}".lower()
        for word in ("therap", "session", "thea", "right", "appointment", str(room.case.pk)):
            assert word not in said
    with time_machine.travel(now() + timedelta(days=17)):
        tell_of_fit_reviews(**told)
        assert len(letters()) == 2


def test_nobody_is_written_to_of_a_session_that_was_not_theirs_or_is_long_over(room: Room) -> None:
    ben = a_person("Ben Bell")
    signed_in(room.ana)
    signed_in(ben)
    couple = a_couple(room.ana, ben, lead=room.thea)
    an_appointment(couple, room.offering, on(3, 10), subject=room.ana)
    with time_machine.travel(now() + timedelta(days=20)):
        assert tell_of_fit_reviews(actor=system("a test")) == 0
    with time_machine.travel(now() + timedelta(days=4)):
        tell_of_fit_reviews(actor=system("a test"))
        assert [each.to_id for each in letters()] == [room.ana.pk]


def test_a_joint_session_counts_for_whoever_was_to_come_alone(room: Room) -> None:
    """Not for a member of a group who had said that they could not come, nor for who joined it later."""
    ben, cleo = a_person("Ben Bell"), a_person("Cleo Cole")
    group = a_group(room.ana, ben, lead=room.thea)
    evenings = offers(room.thea, Kind.GROUP, places=8)
    meeting = an_appointment(group, evenings, on(3, 10))
    assert meeting.status == meeting.Status.BOOKED
    cancel_appointment(actor=acting(ben), appointment=meeting, version=meeting.version)
    meeting.refresh_from_db()
    assert meeting.status == meeting.Status.BOOKED, "the group meets without him"
    with time_machine.travel(now() + timedelta(days=4)):
        takes_part(group, cleo, Participant.Role.MEMBER, group_name="Cleo")
        assert due(room.ana, group) == [1]
        assert due(ben, group) == []
        assert due(cleo, group) == []
