"""Meetings that recur: booked, moved and called off, one, those that follow, or all."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.factories.cases import an_individual
from tests.factories.people import a_person, a_therapist, acting
from tests.factories.scheduling import TORONTO, an_appointment, offers, on, works

from homeport.access.gate import Hidden
from homeport.cases.models import Case
from homeport.core.clock import standing_at
from homeport.core.errors import HomeportError
from homeport.core.versions import Changed
from homeport.people.errors import Unfit
from homeport.people.models import Person
from homeport.scheduling.models import Appointment, Occupancy, Offering, Series
from homeport.scheduling.policies import Late
from homeport.scheduling.recurrence import Rule, Unit, rule_from
from homeport.scheduling.services.book_series import Booked, SeriesTaken, book_series
from homeport.scheduling.services.cancel_appointment import cancel_appointment
from homeport.scheduling.services.change_series import Move, Scope, change_series

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_morning")]
TUESDAY = date(2027, 3, 2)


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
    return offers(thea)


def book(case: Case, cleo: Person, video: Offering, by: Person, count: int = 5, **more: object) -> Booked:
    rule = Rule(first=TUESDAY, minute=600, zone=TORONTO, count=count)
    return book_series(
        actor=acting(by), offering=video, rule=rule, case_id=case.pk, subject_id=cleo.pk, **more
    )  # type: ignore[arg-type]


def wall(appointments: list[Appointment] | tuple[Appointment, ...]) -> list[str]:
    return [one.begins_at.astimezone(ZoneInfo(TORONTO)).strftime("%d.%m. %H:%M") for one in appointments]


def held(series: Series) -> list[Appointment]:
    return list(series.appointments.exclude(status="cancelled").order_by("begins_at"))


def test_it_keeps_its_hour_across_the_change_of_the_clocks(
    case: Case, cleo: Person, thea: Person, video: Offering
) -> None:
    made = book(case, cleo, video, thea)
    assert wall(made.appointments) == [
        f"{day} 10:00" for day in ("02.03.", "09.03.", "16.03.", "23.03.", "30.03.")
    ]
    assert {one.begins_at.hour for one in made.appointments} == {14, 15}
    assert Occupancy.objects.count() == 5
    assert all(one.series_day == one.begins_at.date() for one in made.appointments)


def test_clients_ask_and_strangers_see_nothing(
    case: Case, cleo: Person, thea: Person, video: Offering
) -> None:
    with pytest.raises(HomeportError, match="ask your therapist"):
        book(case, cleo, video, cleo)
    with pytest.raises(Hidden):
        book(case, cleo, video, a_therapist())
    assert not Series.objects.exists()


def test_a_series_ends_within_two_years(case: Case, cleo: Person, thea: Person, video: Offering) -> None:
    for wrong in (
        Rule(first=TUESDAY, minute=600, zone=TORONTO),
        Rule(first=TUESDAY, minute=600, zone=TORONTO, count=105),
        Rule(first=TUESDAY, minute=600, zone=TORONTO, every=52, count=5),
        Rule(first=date(2027, 1, 5), minute=600, zone=TORONTO, count=5),
    ):
        with pytest.raises(Unfit):
            book_series(actor=acting(thea), offering=video, rule=wrong, case_id=case.pk, subject_id=cleo.pk)


def test_what_is_taken_is_said_or_left_out(case: Case, cleo: Person, thea: Person, video: Offering) -> None:
    other = a_person("Otto")
    theirs = an_individual(other, lead=thea)
    an_appointment(theirs, video, on((date(2027, 3, 16) - date(2027, 1, 11)).days, 10, 30), subject=other)
    with pytest.raises(SeriesTaken, match=r"1 of 5 times are not free: 16 March 2027\.") as raised:
        book(case, cleo, video, thea)
    assert [one.day for one in raised.value.occurrences] == [date(2027, 3, 16)]
    assert Appointment.objects.count() == 1
    made = book(case, cleo, video, thea, skip_taken=True)
    assert len(made.appointments) == 4
    assert date(2027, 3, 16) not in list(rule_from(made.series.rule).days())


def test_one_is_moved_and_the_others_stay(case: Case, cleo: Person, thea: Person, video: Offering) -> None:
    made = book(case, cleo, video, thea)
    second = made.appointments[1]
    to = Move(second.begins_at + timedelta(days=1))
    changed = change_series(actor=acting(cleo), appointment=second, scope=Scope.ONE, version=1, to=to)
    assert wall(changed) == ["10.03. 10:00"]
    assert wall(held(made.series))[::2] == ["02.03. 10:00", "16.03. 10:00", "30.03. 10:00"]


def test_this_and_those_that_follow_become_a_second_series(
    case: Case, cleo: Person, thea: Person, video: Offering
) -> None:
    made = book(case, cleo, video, thea)
    third = made.appointments[2]
    cancel_appointment(actor=acting(cleo), appointment=made.appointments[3], version=1)
    to = Move(third.begins_at + timedelta(days=2, hours=3))
    change_series(actor=acting(thea), appointment=third, scope=Scope.FOLLOWING, version=1, to=to)
    first, second = Series.objects.get(follows_id=None), Series.objects.exclude(follows_id=None).get()
    assert wall(held(first)) == ["02.03. 10:00", "09.03. 10:00"]
    assert wall(held(second)) == ["18.03. 13:00", "01.04. 13:00"]
    assert [day.isoformat() for day in rule_from(first.rule).days()] == ["2027-03-02", "2027-03-09"]
    assert [day.isoformat() for day in rule_from(second.rule).days()] == ["2027-03-18", "2027-04-01"]
    assert Occupancy.objects.count() == 4


def test_all_are_moved_and_the_series_stays_one(
    case: Case, cleo: Person, thea: Person, video: Offering
) -> None:
    made = book(case, cleo, video, thea)
    third = made.appointments[2]
    # Half an hour later each overlaps its own old time: that is no hindrance.
    to = Move(third.begins_at + timedelta(minutes=30))
    change_series(actor=acting(thea), appointment=third, scope=Scope.ALL, version=1, to=to)
    assert {text[7:] for text in wall(held(Series.objects.get()))} == {"10:30"}
    assert Occupancy.objects.count() == 5


def test_what_took_place_stays(case: Case, cleo: Person, thea: Person, video: Offering) -> None:
    made = book(case, cleo, video, thea)
    with standing_at(made.appointments[1].begins_at + timedelta(hours=1)):
        last = made.appointments[4]
        change_series(
            actor=acting(thea), appointment=last, scope=Scope.ALL, version=1,
            to=Move(last.begins_at + timedelta(hours=1)),
        )  # fmt: skip
    assert [text[7:] for text in wall(held(made.series))] == ["10:00", "10:00"]
    assert Series.objects.count() == 2


def test_a_change_that_cannot_be_changes_nothing(
    case: Case, cleo: Person, thea: Person, video: Offering
) -> None:
    other = a_person("Otto")
    theirs = an_individual(other, lead=thea)
    made = book(case, cleo, video, thea)
    an_appointment(theirs, video, made.appointments[3].begins_at + timedelta(hours=2), subject=other)
    to = Move(made.appointments[1].begins_at + timedelta(hours=2))
    with pytest.raises(SeriesTaken, match="1 of 4 times are not free: 23 March 2027"):
        change_series(
            actor=acting(thea), appointment=made.appointments[1], scope=Scope.FOLLOWING, version=1, to=to
        )
    assert {text[7:] for text in wall(held(Series.objects.get()))} == {"10:00"}
    assert Occupancy.objects.count() == 6
    with pytest.raises(Changed):
        change_series(actor=acting(thea), appointment=made.appointments[1], scope=Scope.ALL, version=7, to=to)
    with pytest.raises(HomeportError, match="ask your therapist"):
        change_series(actor=acting(cleo), appointment=made.appointments[1], scope=Scope.ALL, version=1, to=to)


def test_those_that_follow_are_called_off(case: Case, cleo: Person, thea: Person, video: Offering) -> None:
    made = book(case, cleo, video, thea)
    third = made.appointments[2]
    with standing_at(third.begins_at - timedelta(hours=1)):
        with pytest.raises(Late):
            change_series(actor=acting(cleo), appointment=third, scope=Scope.FOLLOWING, version=1, to=None)
        change_series(
            actor=acting(cleo), appointment=third, scope=Scope.FOLLOWING, version=1, to=None, accept_late=True
        )
    assert wall(held(made.series)) == ["02.03. 10:00", "09.03. 10:00"]
    late = Appointment.objects.filter(status="cancelled").order_by("begins_at")
    assert [one.was_late for one in late] == [True, False, False]
    assert Occupancy.objects.count() == 2


def test_the_first_tuesday(case: Case, cleo: Person, thea: Person, video: Offering) -> None:
    rule = Rule(first=TUESDAY, minute=600, zone=TORONTO, unit=Unit.MONTHS, nth=1, until=date(2027, 6, 1))
    made = book_series(actor=acting(thea), offering=video, rule=rule, case_id=case.pk, subject_id=cleo.pk)
    assert wall(made.appointments) == ["02.03. 10:00", "06.04. 10:00", "04.05. 10:00", "01.06. 10:00"]
    change_series(
        actor=acting(thea), appointment=made.appointments[0], scope=Scope.ALL, version=1,
        to=Move(made.appointments[0].begins_at + timedelta(days=8)),
    )  # fmt: skip
    assert wall(held(made.series)) == ["10.03. 10:00", "14.04. 10:00", "12.05. 10:00", "09.06. 10:00"]
