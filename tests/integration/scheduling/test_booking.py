"""A time is booked, moved and called off, by either side and within the rules."""

from datetime import timedelta

import pytest
from tests.factories.cases import an_individual
from tests.factories.people import a_person, a_therapist, acting, someone_with
from tests.factories.scheduling import a_place, an_appointment, offers, on, the_rules, works

from homeport.access.gate import Hidden
from homeport.audit.models import AuditEvent
from homeport.cases.models import Case
from homeport.core.clock import now, standing_at
from homeport.core.errors import HomeportError
from homeport.core.versions import Changed
from homeport.people.models import Person, Role
from homeport.people.offers import Format
from homeport.scheduling.models import Appointment, Hold, Occupancy, Offering
from homeport.scheduling.policies import Late
from homeport.scheduling.selectors import free_times
from homeport.scheduling.services.book_appointment import book_appointment
from homeport.scheduling.services.cancel_appointment import cancel_appointment
from homeport.scheduling.services.hold_time import hold_time, release_hold
from homeport.scheduling.services.occupy import Taken
from homeport.scheduling.services.reschedule_appointment import reschedule_appointment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_morning")]


@pytest.fixture
def thea() -> Person:
    person = a_therapist("Thea")
    works(person)
    return person


@pytest.fixture
def cleo() -> Person:
    return a_person("Cleo")


@pytest.fixture
def case(thea: Person, cleo: Person) -> Case:
    return an_individual(cleo, lead=thea)


@pytest.fixture
def video(thea: Person) -> Offering:
    return offers(thea, price=12000, currency="CAD")


def test_a_client_books_what_is_offered(case: Case, cleo: Person, video: Offering) -> None:
    booked = an_appointment(case, video, on(3, 10), subject=cleo, by=cleo, reason="Sleep")
    kept = Appointment.objects.get(pk=booked.pk)
    assert (kept.status, kept.subject_id, kept.author_id) == ("booked", cleo.pk, cleo.pk)
    assert kept.ends_at - kept.begins_at == timedelta(minutes=50)
    assert (kept.reason, kept.zone, kept.price, kept.kind, kept.way) == (
        "Sleep",
        "UTC",
        12000,
        "individual",
        "video",
    )
    assert [person.consent for person in kept.people.all()] == ["yes"]
    # The quiet afterwards is taken too.
    assert Occupancy.objects.get().ends_at - Occupancy.objects.get().begins_at == timedelta(hours=1)
    assert AuditEvent.objects.filter(row_id=kept.pk, verb="create", subject_id=cleo.pk).exists()


@pytest.mark.parametrize(
    ("days", "hour"), [(3, 8), (3, 17), (0, 23), (200, 10), (3, 16)]
)  # before and after work, without notice, beyond the horizon; and one that is offered
def test_a_client_books_nothing_else(case: Case, cleo: Person, video: Offering, days: int, hour: int) -> None:
    if (days, hour) == (3, 16):
        assert an_appointment(case, video, on(days, hour), subject=cleo, by=cleo)
        return
    with pytest.raises(Taken) as raised:
        an_appointment(case, video, on(days, hour), subject=cleo, by=cleo)
    assert days == 200 or len(raised.value.next_times) == 3
    assert not Appointment.objects.exists()


def test_the_practice_books_any_time_that_is_free(case: Case, cleo: Person, video: Offering) -> None:
    assert an_appointment(case, video, on(3, 20), subject=cleo).author_id != cleo.pk
    desk = someone_with(Role.DESK)
    assert an_appointment(case, video, on(4, 20), subject=cleo, by=desk).author_id == desk.pk
    with pytest.raises(Taken):
        an_appointment(case, video, on(4, 20, 30), subject=cleo, by=desk)


def test_nobody_books_the_past_or_between_minutes(case: Case, cleo: Person, video: Offering) -> None:
    for by in (None, cleo):
        with pytest.raises(HomeportError, match="in the past"):
            an_appointment(case, video, on(-1, 10), subject=cleo, by=by)
    with pytest.raises(HomeportError, match="whole minute"):
        an_appointment(case, video, on(3, 10) + timedelta(seconds=1), subject=cleo)


def test_what_is_not_theirs_is_not_there(case: Case, cleo: Person, thea: Person, video: Offering) -> None:
    stranger, other = a_person("Sam"), a_therapist("Otto")
    works(other)
    elsewhere = offers(other)
    booked = an_appointment(case, video, on(3, 10), subject=cleo)
    for by in (stranger, other):
        with pytest.raises(Hidden):
            an_appointment(case, video, on(3, 12), subject=cleo, by=by)
        with pytest.raises(Hidden):
            cancel_appointment(actor=acting(by), appointment=booked, version=booked.version)
        with pytest.raises(Hidden):
            reschedule_appointment(
                actor=acting(by), appointment=booked, begins_at=on(3, 12), version=booked.version
            )
    with pytest.raises(Hidden):  # a therapist who does not work on the case
        an_appointment(case, elsewhere, on(3, 12), subject=cleo, by=cleo)
    with pytest.raises(Hidden):  # somebody who does not take part
        an_appointment(case, video, on(3, 12), subject=stranger)
    assert Appointment.objects.get(pk=booked.pk).status == "booked"


def test_a_time_that_went_is_refused_with_the_next_ones(
    case: Case, cleo: Person, thea: Person, video: Offering
) -> None:
    an_appointment(case, video, on(3, 10), subject=cleo)
    other = a_person("Otto")
    theirs = an_individual(other, lead=thea)
    with pytest.raises(Taken, match="not free any more") as raised:
        an_appointment(theirs, video, on(3, 10), subject=other, by=other)
    assert [one.begins_at for one in raised.value.next_times] == [on(3, 11), on(3, 12), on(3, 13)]


def test_a_client_moves_it_and_a_failed_move_loses_nothing(
    case: Case, cleo: Person, thea: Person, video: Offering
) -> None:
    booked = an_appointment(case, video, on(3, 10), subject=cleo, by=cleo)
    an_appointment(case, video, on(3, 11), subject=cleo)
    with pytest.raises(Taken):
        reschedule_appointment(
            actor=acting(cleo), appointment=booked, begins_at=on(3, 11), version=booked.version
        )
    assert Occupancy.objects.get(source_id=booked.pk).begins_at == on(3, 10)
    moved = reschedule_appointment(
        actor=acting(cleo), appointment=booked, begins_at=on(3, 13), version=booked.version
    )
    assert (moved.begins_at, moved.changes, moved.version) == (on(3, 13), 1, 2)
    assert Occupancy.objects.get(source_id=booked.pk).begins_at == on(3, 13)
    with pytest.raises(Changed):
        reschedule_appointment(actor=acting(thea), appointment=booked, begins_at=on(3, 14), version=1)


def test_cancelling_in_time_and_late(case: Case, cleo: Person, thea: Person, video: Offering) -> None:
    early, late, ours = (an_appointment(case, video, on(day, 10), subject=cleo, by=thea) for day in (3, 4, 5))
    cancel_appointment(actor=acting(cleo), appointment=early, version=1)
    assert (early.status, early.cancelled_side, early.was_late) == ("cancelled", "client", False)
    assert not Occupancy.objects.filter(source_id=early.pk).exists()
    with standing_at(late.begins_at - timedelta(hours=2)):
        with pytest.raises(Late, match=r"less than 24 hours.* costs 100% of the fee"):
            cancel_appointment(actor=acting(cleo), appointment=late, version=1)
        with pytest.raises(Late, match="Less than 24 hours"):
            reschedule_appointment(actor=acting(cleo), appointment=late, begins_at=on(5, 12), version=1)
        cancel_appointment(actor=acting(cleo), appointment=late, version=1, accept_late=True, reason="Ill")
    assert (late.was_late, late.reason) == (True, "Ill")
    with standing_at(ours.begins_at - timedelta(hours=2)):
        cancel_appointment(actor=acting(thea), appointment=ours, version=1)
    assert (ours.cancelled_side, ours.was_late) == ("practice", False)
    with pytest.raises(HomeportError, match="was cancelled"):
        cancel_appointment(actor=acting(cleo), appointment=ours, version=ours.version)


def test_what_has_begun_stays(case: Case, cleo: Person, video: Offering) -> None:
    booked = an_appointment(case, video, on(3, 10), subject=cleo, by=cleo)
    with standing_at(booked.begins_at), pytest.raises(HomeportError, match="has begun"):
        cancel_appointment(actor=acting(cleo), appointment=booked, version=1, accept_late=True)


def test_a_time_is_held_and_lapses(case: Case, cleo: Person, thea: Person, video: Offering) -> None:
    other = a_person("Otto")
    theirs = an_individual(other, lead=thea)
    hold = hold_time(actor=acting(cleo), offering=video, begins_at=on(3, 10))
    with pytest.raises(Taken):
        an_appointment(theirs, video, on(3, 10), subject=other, by=other)
    with pytest.raises(Taken):
        an_appointment(theirs, video, on(3, 10), subject=other, by=other, hold=hold)
    assert an_appointment(case, video, on(3, 10), subject=cleo, by=cleo, hold=hold)
    hold = hold_time(actor=acting(cleo), offering=video, begins_at=on(3, 12))
    with standing_at(now() + timedelta(minutes=16)):
        with pytest.raises(Taken):
            an_appointment(case, video, on(3, 12), subject=cleo, by=cleo, hold=hold)
        assert an_appointment(theirs, video, on(3, 12), subject=other, by=other)
    assert Occupancy.objects.count() == 2


def test_nobody_holds_a_whole_week(cleo: Person, video: Offering) -> None:
    for later, hour in enumerate((10, 11, 12, 12)):
        with standing_at(now() + timedelta(minutes=later)):
            hold = hold_time(actor=acting(cleo), offering=video, begins_at=on(3, hour))
    assert {one.begins_at for one in Hold.objects.all()} == {on(3, 11), on(3, 12)}
    with pytest.raises(Hidden):
        release_hold(actor=acting(a_person()), hold=hold)
    release_hold(actor=acting(cleo), hold=hold)
    assert Occupancy.objects.get().begins_at == on(3, 11)


def test_rooms_fill_up(case: Case, cleo: Person, thea: Person) -> None:
    place = a_place(rooms=(2, 1))
    works(thea, place=place)
    there = offers(thea, way=Format.IN_PERSON, by_clients=True)
    colleague = a_therapist("Otto")
    works(colleague, place=place)
    offered = offers(colleague, way=Format.IN_PERSON)
    client = a_person("Cara")
    theirs = an_individual(client, lead=colleague)
    booked = an_appointment(case, there, on(3, 10), subject=cleo, by=cleo)
    assert (booked.place, booked.room, booked.zone) == (place, place.rooms.get(capacity=2), place.zone)
    with pytest.raises(Taken):  # one room is taken, the other too small for two
        an_appointment(theirs, offered, on(3, 10), subject=client, by=client)
    with pytest.raises(Taken):
        an_appointment(theirs, offered, on(3, 10), subject=client, place=place)
    assert an_appointment(theirs, offered, on(3, 11), subject=client, by=client).room == booked.room
    with pytest.raises(HomeportError, match="Say where"):
        an_appointment(theirs, offered, on(3, 13), subject=client)


def test_the_rules_are_the_practices(case: Case, cleo: Person, thea: Person, video: Offering) -> None:
    the_rules(notice=0, horizon=1, late=0)
    begin = now()
    found = free_times(
        [video.therapist_id], offering_kind="individual", from_at=begin, until_at=begin + timedelta(days=30)
    )[video.therapist_id]
    assert found
    assert all(one.begins_at <= begin + timedelta(days=1) for one in found)
    booked = book_appointment(
        actor=acting(cleo), offering=video, begins_at=found[-1].begins_at, case_id=case.pk, subject_id=cleo.pk
    )
    cancel_appointment(actor=acting(cleo), appointment=booked, version=1)
    assert not booked.was_late
