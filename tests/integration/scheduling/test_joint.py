"""Several people come: everybody's yes to the time, and separate meetings that nobody else learns of."""

from datetime import timedelta

import pytest
from tests.factories.cases import a_case, a_couple, a_group, an_individual, takes_part
from tests.factories.people import a_guardian, a_guardianship, a_person, a_therapist, acting
from tests.factories.scheduling import a_place, an_appointment, offers, on, together, works

from homeport.access.gate import Hidden
from homeport.access.rows import visible
from homeport.access.standing import standing_of
from homeport.access.wall import person_set
from homeport.cases.models import Case, Participant
from homeport.core.clock import standing_at
from homeport.core.errors import HomeportError
from homeport.people.models import Person
from homeport.people.offers import Format
from homeport.scheduling.models import Appointment, Occupancy, Offering
from homeport.scheduling.services.cancel_appointment import cancel_appointment
from homeport.scheduling.services.consent_to_time import consent_to_time
from homeport.scheduling.services.lapse import lapse_proposals
from homeport.scheduling.services.occupy import Taken
from homeport.scheduling.services.reschedule_appointment import reschedule_appointment
from homeport.scheduling.services.take_place import Full, take_places
from homeport.scheduling.tasks import lapse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_morning")]
Kind = Offering.Kind


@pytest.fixture
def thea() -> Person:
    person = a_therapist("Thea")
    works(person)
    return person


@pytest.fixture
def couple(thea: Person) -> tuple[Case, Person, Person]:
    ana, ben = a_person("Ana"), a_person("Ben")
    case = a_couple(ana, ben, lead=thea)
    return case, ana, ben


def sees(person: Person) -> set[object]:
    with person_set(acting(person)):
        found = visible(standing_of(acting(person)), Appointment)
        return set(found.values_list("pk", flat=True))


def test_joint_work_waits_for_the_clinicians_decision(
    couple: tuple[Case, Person, Person], thea: Person
) -> None:
    case, ana, _ = couple
    offering = offers(thea, Kind.COUPLE)
    for by in (thea, ana):
        with pytest.raises(HomeportError, match="Individual meetings first"):
            an_appointment(case, offering, on(3, 10), by=by)
    together(case)
    assert an_appointment(case, offering, on(3, 10), by=ana)


def test_it_is_booked_with_everybodys_yes(couple: tuple[Case, Person, Person], thea: Person) -> None:
    case, ana, ben = couple
    together(case)
    asked = an_appointment(case, offers(thea, Kind.COUPLE), on(3, 10))
    assert (asked.status, asked.subject_id) == ("proposed", None)
    assert consent_to_time(actor=acting(ana), appointment=asked, comes=True).status == "proposed"
    with pytest.raises(Hidden):
        consent_to_time(actor=acting(thea), appointment=asked, comes=True)
    with pytest.raises(Hidden):
        consent_to_time(actor=acting(ana), appointment=asked, comes=True, person_id=ben.pk)
    assert consent_to_time(actor=acting(ben), appointment=asked, comes=False).status == "proposed"
    booked = consent_to_time(actor=acting(ben), appointment=asked, comes=True)
    assert (booked.status, booked.consent_until) == ("booked", None)
    assert Occupancy.objects.get(source_id=asked.pk).lapses_at is None
    assert Appointment.objects.get(pk=asked.pk).status == "booked"


def test_a_move_asks_everybody_but_the_mover_anew(couple: tuple[Case, Person, Person], thea: Person) -> None:
    case, ana, ben = couple
    together(case)
    asked = an_appointment(case, offers(thea, Kind.COUPLE), on(3, 10), by=ana)
    booked = consent_to_time(actor=acting(ben), appointment=asked, comes=True)
    moved = reschedule_appointment(
        actor=acting(ben), appointment=booked, begins_at=on(3, 13), version=booked.version
    )
    assert moved.status == "proposed"
    assert {one.person_id: one.consent for one in moved.people.all()} == {ana.pk: "asked", ben.pk: "yes"}
    cancel_appointment(actor=acting(ana), appointment=moved, version=moved.version)
    assert Appointment.objects.get(pk=asked.pk).status == "cancelled"


def test_what_not_everybody_agreed_to_lapses(couple: tuple[Case, Person, Person], thea: Person) -> None:
    case, ana, ben = couple
    together(case)
    offering = offers(thea, Kind.COUPLE)
    asked = an_appointment(case, offering, on(6, 10), by=ana)
    assert asked.consent_until is not None
    with standing_at(asked.consent_until + timedelta(minutes=1)):
        with pytest.raises(Taken):
            consent_to_time(actor=acting(ben), appointment=asked, comes=True)
        # Its time counts for nothing, whether the job has run or not.
        other = a_person("Otto")
        single = offers(thea)
        assert an_appointment(an_individual(other, lead=thea), single, on(3, 10), subject=other, by=other)
        lapse()
        assert Appointment.objects.get(pk=asked.pk).status == "cancelled"
        assert lapse_proposals(actor=acting(thea)) == 0


def test_separate_ones_are_there_for_one_alone(couple: tuple[Case, Person, Person], thea: Person) -> None:
    case, ana, ben = couple
    together(case)
    alone = an_appointment(case, offers(thea), on(3, 10), subject=ana, by=ana)
    joint = an_appointment(case, offers(thea, Kind.COUPLE), on(3, 12))
    assert sees(ana) == {alone.pk, joint.pk}
    assert sees(ben) == {joint.pk}
    assert sees(thea) == {alone.pk, joint.pk}
    for act in (
        lambda: cancel_appointment(actor=acting(ben), appointment=alone, version=1),
        lambda: reschedule_appointment(actor=acting(ben), appointment=alone, begins_at=on(3, 14), version=1),
        lambda: consent_to_time(actor=acting(ben), appointment=alone, comes=False),
        lambda: an_appointment(case, alone.offering, on(3, 14), subject=ana, by=ben),
    ):
        with pytest.raises(Hidden):
            act()


def test_one_kind_is_for_one_and_another_for_several(
    couple: tuple[Case, Person, Person], thea: Person
) -> None:
    case, ana, _ = couple
    together(case)
    with pytest.raises(HomeportError, match="for several"):
        an_appointment(case, offers(thea, Kind.COUPLE), on(3, 10), subject=ana)
    with pytest.raises(HomeportError, match="for one person"):
        an_appointment(case, offers(thea), on(3, 10))


def test_co_therapists_time_is_taken_too(couple: tuple[Case, Person, Person], thea: Person) -> None:
    from homeport.people.models import Therapist

    case, _, _ = couple
    together(case)
    otto = a_therapist("Otto")
    second = Therapist.objects.get(person=otto)
    offering = offers(thea, Kind.COUPLE)
    with pytest.raises(Hidden):  # does not work on the case
        an_appointment(case, offering, on(3, 10), co_therapist_ids=(second.pk,))
    from tests.factories.cases import a_colleague_on

    a_colleague_on(case, otto)
    booked = an_appointment(case, offering, on(3, 10), co_therapist_ids=(second.pk,))
    assert Occupancy.objects.filter(source_id=booked.pk).count() == 2
    client = a_person("Cleo")
    with pytest.raises(Taken):
        an_appointment(an_individual(client, lead=otto), offers(otto), on(3, 10), subject=client)
    moved = reschedule_appointment(
        actor=acting(thea), appointment=booked, begins_at=on(3, 12), version=booked.version
    )
    assert Occupancy.objects.filter(source_id=moved.pk).count() == 2


def test_a_group_has_so_many_places(thea: Person) -> None:
    members = [a_person(f"Member {number}") for number in range(3)]
    case = a_group(*members, lead=thea)
    small, large = offers(thea, Kind.GROUP, places=2), offers(thea, Kind.GROUP, Format.PHONE, places=3)
    with pytest.raises(Full):
        an_appointment(case, small, on(3, 10))
    assert not Appointment.objects.exists()
    met = an_appointment(case, large, on(3, 10))
    assert met.status == "booked"
    assert Occupancy.objects.filter(resource_id=met.pk).count() == 3
    with pytest.raises(Full):
        take_places(met, [met.people.all()[0]])
    cancel_appointment(actor=acting(thea), appointment=met, version=1)
    assert not Occupancy.objects.exists()


def test_a_family_needs_a_room_for_all_and_a_child_is_not_asked(thea: Person) -> None:
    mother, child = a_person("Mara"), a_person("Kit", age=8)
    case = a_case(
        Case.Kind.PARENT_CHILD,
        lead=thea,
        people={mother: Participant.Role.CAREGIVER, child: Participant.Role.CHILD},
    )
    together(case)
    place = a_place(rooms=(2, 3))
    works(thea, place=place)
    offering = offers(thea, Kind.PARENT_CHILD, Format.IN_PERSON, places=2)
    booked = an_appointment(case, offering, on(3, 10), by=mother)
    assert (booked.status, booked.room) == ("booked", place.rooms.get(capacity=3))
    sister = a_person("Lou", age=5)
    takes_part(case, sister, Participant.Role.CHILD)
    together(case)  # decided anew, as somebody joined
    with pytest.raises(HomeportError, match="large enough"):
        an_appointment(case, offering, on(3, 13), place=place)


def test_a_guardian_arranges_for_a_child_where_the_law_lets_them(thea: Person) -> None:
    child = a_person("Kit", age=8)
    case = a_case(Case.Kind.INDIVIDUAL, lead=thea, people={child: Participant.Role.CHILD})
    guardian, stranger = a_guardian(child), a_person()
    booked = an_appointment(case, offers(thea), on(3, 10), subject=child, by=guardian)
    assert booked.author_id == guardian.pk
    moved = reschedule_appointment(actor=acting(guardian), appointment=booked, begins_at=on(3, 12), version=1)
    with pytest.raises(Hidden):
        cancel_appointment(actor=acting(stranger), appointment=moved, version=2)
    cancel_appointment(actor=acting(guardian), appointment=moved, version=2)


@pytest.mark.parametrize("a_guardian_comes", [False, True])
def test_a_child_is_asked_anew_only_where_somebody_who_comes_answers_for_them(
    thea: Person, a_guardian_comes: bool
) -> None:
    foster, child = a_person("Fern"), a_person("Kit", age=8)
    if a_guardian_comes:
        a_guardianship(child, foster)
    case = a_case(
        Case.Kind.PARENT_CHILD,
        lead=thea,
        people={foster: Participant.Role.CAREGIVER, child: Participant.Role.CHILD},
    )
    together(case)
    works(thea)
    booked = an_appointment(case, offers(thea, Kind.PARENT_CHILD, places=2), on(3, 10), by=foster)
    assert booked.status == "booked"
    moved = reschedule_appointment(
        actor=acting(foster), appointment=booked, begins_at=on(4, 10), version=booked.version
    )
    assert (moved.status == "booked") is not a_guardian_comes
    assert (moved.people.get(person=child).consent == "asked") is a_guardian_comes
