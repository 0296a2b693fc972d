"""Who waits is offered what becomes free, in order, and takes it."""

from datetime import timedelta

import pytest
from tests.factories.cases import an_individual
from tests.factories.people import a_person, a_therapist, acting
from tests.factories.scheduling import an_appointment, offers, on, works

from homeport.access.gate import Hidden
from homeport.core.clock import now, standing_at
from homeport.core.errors import HomeportError
from homeport.outbox.models import OutgoingMessage, QueuedJob
from homeport.outbox.services.run_job import run_next_job
from homeport.people.models import Person
from homeport.scheduling.models import Appointment, Hold, Occupancy, Offering, Waiting
from homeport.scheduling.services.cancel_appointment import cancel_appointment
from homeport.scheduling.services.hold_time import hold_time
from homeport.scheduling.services.occupy import Taken
from homeport.scheduling.services.wait_for_time import OFFER, stop_waiting, wait_for_time
from homeport.scheduling.tasks import lapse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_morning")]


@pytest.fixture
def thea() -> Person:
    person = a_therapist("Thea")
    works(person)
    return person


@pytest.fixture
def video(thea: Person) -> Offering:
    return offers(thea)


def waits(video: Offering, name: str, *, minutes: int = 0, **wish: object) -> Waiting:
    with standing_at(now() + timedelta(minutes=minutes)):
        person = a_person(name)
        return wait_for_time(actor=acting(person), offering=video, **wish)  # type: ignore[arg-type]


def run_offers() -> None:
    """Let the worker do what was asked for."""
    QueuedJob.objects.exclude(name=OFFER).delete()
    while run_next_job():
        pass


def offered_to() -> list[str]:
    return [one.person.name for one in Waiting.objects.exclude(hold=None).select_related("person")]


def freed(thea: Person, video: Offering, hour: int = 10) -> None:
    client = a_person("Cleo")
    booked = an_appointment(an_individual(client, lead=thea), video, on(3, hour), subject=client)
    cancel_appointment(actor=acting(client), appointment=booked, version=1)


def test_a_freed_time_goes_to_the_first_and_lapses_to_the_next(thea: Person, video: Offering) -> None:
    second, first = waits(video, "Second", minutes=2), waits(video, "First", minutes=1)
    freed(thea, video)
    run_offers()
    assert offered_to() == ["First"]
    hold = Hold.objects.get()
    assert (hold.begins_at, hold.person_id) == (on(3, 10), first.person_id)
    letter = OutgoingMessage.objects.get(kind="time-offered")
    assert letter.to_id == first.person_id
    with standing_at(hold.lapses_at + timedelta(minutes=1)):
        lapse()
        run_offers()
        assert offered_to() == ["Second"]
        hold = Hold.objects.get()
    with standing_at(hold.lapses_at + timedelta(minutes=1)):
        lapse()
        run_offers()
        assert offered_to() == []  # each was offered it once
    assert Waiting.objects.filter(ended_at=None).count() == 2
    assert second.pk != first.pk


def test_who_takes_it_waits_no_more(thea: Person, video: Offering) -> None:
    first = waits(video, "First")
    freed(thea, video)
    run_offers()
    hold = Hold.objects.get()
    case = an_individual(first.person, lead=thea)
    booked = an_appointment(case, video, hold.begins_at, subject=first.person, by=first.person, hold=hold)
    assert booked.begins_at == on(3, 10)
    assert Waiting.objects.get().ended_at is not None
    assert Occupancy.objects.get().source_id == booked.pk


def test_only_times_that_would_do_are_offered(thea: Person, video: Offering) -> None:
    waits(video, "Mornings on Monday", weekdays=(0,), zone="America/Toronto")
    waits(video, "Afternoons", not_before=12 * 60, zone="America/Toronto")
    waits(video, "By phone").delete()
    freed(thea, video, hour=10)
    run_offers()
    assert offered_to() == []
    freed(thea, video, hour=14)
    run_offers()
    assert offered_to() == ["Afternoons"]


def test_an_offer_run_twice_offers_once(thea: Person, video: Offering) -> None:
    waits(video, "First")
    waits(video, "Second", minutes=1)
    freed(thea, video)
    job = QueuedJob.objects.get(name=OFFER)
    run_offers()
    QueuedJob.objects.filter(pk=job.pk).update(state="waiting", leased_until_at=None)
    run_offers()
    assert offered_to() == ["First"]


def test_nothing_is_asked_for_where_nobody_waits(thea: Person, video: Offering) -> None:
    freed(thea, video)
    assert not QueuedJob.objects.filter(name=OFFER).exists()


def test_whoever_stops_waiting_gives_way(thea: Person, video: Offering) -> None:
    first, _ = waits(video, "First"), waits(video, "Second", minutes=1)
    freed(thea, video)
    run_offers()
    with pytest.raises(Hidden):
        stop_waiting(actor=acting(a_person()), waiting=first)
    first.refresh_from_db()
    stop_waiting(actor=acting(first.person), waiting=first)
    run_offers()
    assert offered_to() == ["Second"]


def test_waiting_twice_is_waiting_once_and_keeps_the_place(video: Offering) -> None:
    person = a_person()
    one = wait_for_time(actor=acting(person), offering=video)
    with standing_at(now() + timedelta(hours=1)):
        two = wait_for_time(actor=acting(person), offering=video, weekdays=(1, 1, 0))
    assert (one.pk, two.since, two.weekdays) == (two.pk, one.since, [0, 1])
    for wrong in ({"weekdays": (7,)}, {"not_before": 600, "not_after": 600}, {"not_after": 2000}):
        with pytest.raises(HomeportError, match="on which days"):
            wait_for_time(actor=acting(person), offering=video, **wrong)  # type: ignore[arg-type]
    with pytest.raises(Hidden):  # for somebody else, whom one does not treat
        wait_for_time(actor=acting(person), offering=video, person_id=a_person().pk)


def test_a_kept_time_is_booked_in_ones_case_and_another_after_it(thea: Person, video: Offering) -> None:
    new = a_person("Nia", age=30)
    case = an_individual(new, lead=thea)
    hold = hold_time(actor=acting(new), offering=video, begins_at=on(3, 10))
    booked = an_appointment(case, video, on(3, 10), subject=new, by=new, hold=hold)
    assert (booked.case_id, booked.subject_id, booked.status) == (case.pk, new.pk, "booked")
    assert not Hold.objects.exists()
    again = an_appointment(case, video, on(4, 10), subject=new, by=new)
    assert again.case_id == case.pk
    assert set(Occupancy.objects.values_list("source_id", flat=True)) == {booked.pk, again.pk}


def test_where_it_cannot_be_nothing_is_booked(thea: Person, video: Offering) -> None:
    new, other = a_person("Nia", age=30), a_person("Otto")
    case = an_individual(new, lead=thea)
    with pytest.raises(Taken):
        an_appointment(case, video, on(3, 3), subject=new, by=new)
    with pytest.raises(HomeportError, match="in the past"):
        an_appointment(case, video, on(-1, 10), subject=new, by=new)
    with pytest.raises(Hidden):  # for whoever is not in the case
        an_appointment(case, video, on(3, 10), subject=new, by=other)
    assert not Appointment.objects.exists()
    assert not Occupancy.objects.exists()
