"""A case is closed, somebody leaves it, or works on it no more: nobody is expected at a time that is no more."""

from datetime import date, timedelta

import pytest
from tests.factories import accounts
from tests.factories.cases import a_case, a_colleague_on, a_couple, an_individual
from tests.factories.people import a_person, a_therapist, acting, someone_with
from tests.factories.post import sent
from tests.factories.scheduling import TORONTO, Kind, an_appointment, offers, on, together, works

from homeport.cases.models import Case, Participant
from homeport.cases.services.open_case import change_case_status, end_participation, leave_care_team
from homeport.core.clock import now, standing_at
from homeport.core.versions import Changed
from homeport.directory.services.answer_request import accept_request, pass_on
from homeport.directory.services.ask_to_begin import ask_for_change
from homeport.directory.services.put_request import Said
from homeport.outbox.models import OutgoingMessage, QueuedJob
from homeport.people.models import Person, Role, Therapist
from homeport.scheduling.models import Appointment, Occupancy, Waiting
from homeport.scheduling.recurrence import Rule
from homeport.scheduling.services.book_series import book_series
from homeport.scheduling.services.consent_to_time import consent_to_time
from homeport.scheduling.services.offer_freed_time import offer_freed_time
from homeport.scheduling.services.wait_for_time import OFFER, wait_for_time

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.usefixtures("monday_morning")]


@pytest.fixture
def thea() -> Person:
    person = accounts.signs_in(a_therapist("Thea Stone"))
    works(person)
    return person


def signs_in(name: str) -> Person:
    return accounts.signs_in(a_person(name, zone=TORONTO))


def to(person: Person) -> list[str]:
    """The subjects of what went out to them."""
    assert person.user is not None
    return [each.subject for each in sent() if each.to == [person.user.email]]


def status_of(*rows: Appointment) -> list[str]:
    found = dict(Appointment.objects.values_list("pk", "status"))
    return [found[row.pk] for row in rows]


def is_booked(row: Appointment, *people: Person) -> Appointment:
    for person in people:
        row = consent_to_time(actor=acting(person), appointment=row, comes=True)
    return row


def a_series_of(case: Case, thea: Person, subject: Person) -> list[Appointment]:
    rule = Rule(first=date(2027, 2, 2), minute=600, zone=TORONTO, count=4)
    offering = offers(thea)
    made = book_series(
        actor=acting(thea), offering=offering, rule=rule, case_id=case.pk, subject_id=subject.pk
    )
    return list(made.appointments)


def test_a_closed_case_has_no_times_ahead(thea: Person) -> None:
    cleo, next_one = signs_in("Cleo"), a_person("Nora")
    case = an_individual(cleo, lead=thea)
    series = a_series_of(case, thea, cleo)
    offering = series[0].offering
    past = an_appointment(case, offering, on(1, 9), subject=cleo)
    single = an_appointment(case, offering, on(5, 11), subject=cleo)
    wait_for_time(actor=acting(cleo), offering=offering, case_id=case.pk)
    other = an_individual(next_one, lead=thea)
    wait_for_time(actor=acting(next_one), offering=offering, case_id=other.pk)
    sent().clear()
    with standing_at(now() + timedelta(days=2)):
        change_case_status(actor=acting(thea), case=case, status=Case.Status.CLOSED, version=case.version)
        assert status_of(past, single, *series) == ["booked", *["cancelled"] * 5]
        assert {row.was_late for row in Appointment.objects.all()} == {False}
        assert sorted(to(cleo)) == ["Not on 16 January", "Not on 2 February"], "one letter a series"
        for letter in sent():
            calendars = [
                part for part in letter.message().walk() if part.get_content_type() == "text/calendar"
            ]
            assert b"METHOD:CANCEL" in calendars[0].get_payload(decode=True)  # type: ignore[operator]
            assert "clos" not in letter.body.lower()
        assert not OutgoingMessage.objects.filter(kind="meeting-reminder", state="waiting").exists()
        assert not Occupancy.objects.filter(begins_at__gt=now()).exists()
        assert list(Waiting.objects.filter(ended_at=None).values_list("person_id", flat=True)) == [
            next_one.pk
        ]
        assert QueuedJob.objects.filter(name=OFFER).count() == 5
        hold = offer_freed_time(
            actor=acting(thea), therapist_id=offering.therapist_id, begins_at=single.begins_at
        )
        assert hold is not None
        assert hold.person_id == next_one.pk


def test_who_comes_too_late_to_close_it_calls_nothing_off(thea: Person) -> None:
    cleo = signs_in("Cleo")
    case = an_individual(cleo, lead=thea)
    row = an_appointment(case, offers(thea), on(5, 11), subject=cleo)
    sent().clear()
    with pytest.raises(Changed):
        change_case_status(actor=acting(thea), case=case, status=Case.Status.CLOSED, version=7)
    assert status_of(row) == ["booked"]
    assert to(cleo) == []


def goes_on_with(grace: Person, who: Person, case: Case) -> None:
    """They ask for somebody else, intake finds Grace, and she says yes."""
    asked = ask_for_change(actor=acting(who), case_id=case.pk, said=Said(words="He never listens."))
    pass_on(actor=acting(someone_with(Role.INTAKE)), asked=asked, version=asked.version, to_id=grace.pk)
    asked.refresh_from_db()
    accept_request(actor=acting(grace), asked=asked, version=asked.version)
    case.refresh_from_db()


def test_a_change_of_therapist_calls_off_what_was_booked_with_the_old_one(thea: Person) -> None:
    cleo, grace = signs_in("Cleo Ames"), a_therapist("Grace Gale")
    case = an_individual(cleo, lead=thea)
    rows = [
        *a_series_of(case, thea, cleo),
        an_appointment(case, offers(thea, way="phone"), on(5, 11), subject=cleo),
    ]
    sent().clear()
    goes_on_with(grace, cleo, case)
    assert case.status == "closed"
    assert status_of(*rows) == ["cancelled"] * 5
    assert {subject for subject in to(cleo) if subject.startswith("Not")} == {
        "Not on 16 January",
        "Not on 2 February",
    }
    assert sorted(to(thea)) == ["Not on 16 January", "Not on 2 February", "Something changed"]
    for letter in sent():
        secret = ("listens", "Grace") if letter.to == [cleo.user.email] else ("listens", "Grace", "Cleo")  # type: ignore[union-attr]
        assert not any(word in str(letter.message()) for word in secret)


def test_of_a_couple_only_what_is_theirs_or_needs_them_goes(thea: Person) -> None:
    ana, ben, grace = signs_in("Ana Ames"), signs_in("Ben Bell"), a_therapist("Grace Gale")
    case = a_couple(ana, ben, lead=thea)
    together(case)
    alone = offers(thea)
    hers = an_appointment(case, alone, on(3, 9), subject=ana)
    his = an_appointment(case, alone, on(4, 9), subject=ben)
    joint = is_booked(an_appointment(case, offers(thea, Kind.COUPLE), on(5, 9)), ana, ben)
    sent().clear()
    goes_on_with(grace, ana, case)
    assert case.status == "open", "it is his too"
    assert not Participant.objects.filter(case=case, person=ana, until_at=None).exists()
    assert status_of(hers, his, joint) == ["cancelled", "booked", "cancelled"]
    assert to(ben) == ["Not on 16 January"], "what does not take place, and not why"
    assert sorted(to(thea)) == ["Not on 14 January", "Not on 16 January", "Something changed"]
    words = " ".join(str(each.message()) for each in sent() if each.to == [ben.user.email])  # type: ignore[union-attr]
    assert "Ana" not in words
    assert "Grace" not in words


def test_a_family_meets_without_who_leaves(thea: Person) -> None:
    people = [signs_in(name) for name in ("Ana Ames", "Ben Bell", "Gil Gold")]
    case = a_case(Case.Kind.FAMILY, lead=thea, people=dict.fromkeys(people, Participant.Role.CAREGIVER))
    together(case)
    joint = an_appointment(case, offers(thea, Kind.FAMILY), on(5, 9))
    is_booked(joint, *people[:2])
    sent().clear()
    part = Participant.objects.get(case=case, person=people[2])
    end_participation(actor=acting(thea), participant=part)
    assert status_of(joint) == ["booked"], "only the yes of who left was missing"
    assert set(joint.people.values_list("person_id", flat=True)) == {one.pk for one in people[:2]}
    assert to(people[2]) == ["Not on 16 January"]
    assert to(people[0]) == to(people[1]) == ["Set for 16 January"]


def test_a_therapist_who_leaves_takes_their_times_along(thea: Person) -> None:
    cleo, otto = signs_in("Cleo"), accounts.signs_in(a_therapist("Otto Oak"))
    works(otto)
    case = an_individual(cleo, lead=thea)
    a_colleague_on(case, otto)
    beside = Therapist.objects.get(person=otto)
    with_both = an_appointment(case, offers(thea), on(3, 9), subject=cleo, co_therapist_ids=(beside.pk,))
    with_otto = an_appointment(case, offers(otto), on(4, 9), subject=cleo, by=otto)
    sent().clear()
    leave_care_team(actor=acting(thea), member=case.care_team.get(person=otto))
    assert status_of(with_both, with_otto) == ["booked", "cancelled"]
    assert not Occupancy.objects.filter(resource_id=beside.pk).exists()
    assert to(cleo) == ["Not on 15 January"]
    assert sorted(to(otto)) == ["Not on 14 January", "Not on 15 January"]
    assert not with_both.co_therapists.exists()
