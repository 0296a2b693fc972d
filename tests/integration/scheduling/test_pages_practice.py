"""The practice's side: booking for somebody, clocks that are put forward and back, series, the week, the desk."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.cases import a_child_case, a_colleague_on, an_individual
from tests.factories.people import a_guardian, a_person, a_practice, a_therapist, acting, someone_with
from tests.factories.queries import at_most, exactly
from tests.factories.scheduling import TORONTO, an_appointment, offers, on, the_rules, works
from tests.permissions.browsing import Answer, Browser

from homeport.core.clock import now, standing_at
from homeport.people.models import Person, Role, Therapist
from homeport.scheduling.models import Appointment, Occupancy, Pattern, Series
from homeport.scheduling.presenters import written
from homeport.scheduling.services.wait_for_time import wait_for_time

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Scene:
    """Ana in care with Thea, both in Toronto."""

    def __init__(self) -> None:
        a_practice()
        self.ana, self.thea = a_person("Ana Ames", zone=TORONTO), a_therapist("Thea Stone")
        Person.objects.filter(pk=self.thea.pk).update(zone=TORONTO)
        self.case = an_individual(self.ana, lead=self.thea)
        self.offering = offers(self.thea, price=12000, currency="CAD")
        works(self.thea)
        self.browser = Browser(self.thea)

    def books(self, first: date, time: str, **more: Any) -> Answer:
        """As the form sends it."""
        fields = {
            "offering": self.offering.pk,
            "person": self.ana.pk,
            "first": first.isoformat(),
            "time": time,
        }
        return self.browser.post(f"/appointments/new/{self.case.pk}/", {**fields, "repeats": "once", **more})


def test_a_time_that_the_clock_leaps_over_is_named_and_the_one_after_it() -> None:
    with standing_at(datetime(2027, 3, 1, 12, tzinfo=UTC)):
        answer = Scene().books(date(2027, 3, 14), "02:30")
    assert answer.status == 422
    assert b"There is no 02:30 that day" in answer.body
    assert b'value="02:30' in answer.body, "what was typed stays"
    assert not Appointment.objects.exists()


def test_of_a_time_that_is_there_twice_one_is_chosen() -> None:
    with standing_at(datetime(2026, 10, 26, 12, tzinfo=UTC)):
        scene = Scene()
        asked = scene.books(date(2026, 11, 1), "01:30")
        assert asked.status == 422
        assert b"Which of the two?" in asked.body
        assert scene.books(date(2026, 11, 1), "01:30", second="yes").status == 303
    assert Appointment.objects.get().begins_at == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def test_the_past_and_a_taken_time_are_refused_with_what_is_free() -> None:
    scene = Scene()
    assert b"in the past" in scene.books((on(-2, 9)).date(), "10:00").body
    ben = a_person("Ben Bell")
    an_appointment(an_individual(ben, lead=scene.thea), scene.offering, on(3, 10), subject=ben)
    taken = scene.books(on(3, 10).astimezone(ZoneInfo(TORONTO)).date(), "10:00")
    assert taken.status == 422
    assert b"not free any more" in taken.body
    assert b"Free close to that" in taken.body


def test_a_series_is_booked_moved_from_one_on_and_ended() -> None:
    scene = Scene()
    first = on(3, 10).astimezone(ZoneInfo(TORONTO)).date()
    assert scene.books(first, "10:00", repeats="weeks", every=2, count=6).status == 303
    rows = list(Appointment.objects.order_by("begins_at"))
    assert len(rows) == 6
    assert {each.begins_at.astimezone(ZoneInfo(TORONTO)).hour for each in rows} == {10}
    shown = scene.browser.get(f"/appointments/{rows[0].pk}/").body.decode()
    assert "All 6 times to come of this series" in shown
    with exactly(15):
        scene.browser.get(f"/appointments/{rows[0].pk}/")
    assert [shown.count(f'/appointments/{each.pk}/"') for each in rows] == [0, 1, 1, 1, 1, 1]
    third = rows[2]
    fields = {"first": (first + timedelta(weeks=4)).isoformat(), "time": "14:00", "version": third.version}
    assert (
        scene.browser.post(f"/appointments/{third.pk}/move/", {**fields, "scope": "following"}).status == 303
    )
    rows = list(Appointment.objects.order_by("begins_at"))
    assert [each.begins_at.astimezone(ZoneInfo(TORONTO)).hour for each in rows] == [10, 10, 14, 14, 14, 14]
    assert Series.objects.count() == 2
    last = rows[4]
    ended = scene.browser.post(
        f"/appointments/{last.pk}/cancel/", {"version": last.version, "scope": "following"}
    )
    assert ended.status == 303
    assert Appointment.objects.filter(status="cancelled").count() == 2
    left = scene.browser.get(f"/appointments/{third.pk}/").body.decode()
    assert f"/appointments/{last.pk}/" not in left
    with exactly(15):
        scene.browser.get(f"/appointments/{rows[0].pk}/")  # two are left in it
    hers = Browser(scene.ana).get(f"/appointments/{rows[0].pk}/").body.decode()
    assert f"/appointments/{rows[1].pk}/" in hers


def test_a_series_without_an_end_or_on_a_taken_day_is_refused_whole() -> None:
    scene = Scene()
    first = on(3, 10).astimezone(ZoneInfo(TORONTO)).date()
    assert b"Say until when, or how often." in scene.books(first, "10:00", repeats="weeks", every=1).body
    an_appointment(scene.case, scene.offering, on(17, 10), subject=scene.ana)
    refused = scene.books(first, "10:00", repeats="weeks", every=1, count=4)
    assert refused.status == 422
    assert b"1 of 4 times are not free" in refused.body
    assert Appointment.objects.count() == 1
    assert scene.books(first, "10:00", repeats="weeks", every=1, count=4, skip_taken="on").status == 303
    assert Appointment.objects.count() == 4


def test_two_who_move_at_once_and_the_second_is_told() -> None:
    scene = Scene()
    row = an_appointment(scene.case, scene.offering, on(3, 10), subject=scene.ana)
    path = f"/appointments/{row.pk}/move/"
    client = Browser(scene.ana)
    assert client.post(path, {"time": written(on(4, 11), None), "version": 1}).status == 303
    late = client.post(path, {"time": written(on(5, 11), None), "version": 1})
    assert late.status == 422
    assert b"Somebody changed this" in late.body
    assert Appointment.objects.get().begins_at == on(4, 11)


def test_a_client_moves_nothing_late_but_the_practice_does() -> None:
    scene = Scene()
    the_rules(late=24 * 60)
    row = an_appointment(scene.case, scene.offering, now().replace(second=0, microsecond=0) + timedelta(hours=5),
                         subject=scene.ana)  # fmt: skip
    path, client = f"/appointments/{row.pk}/move/", Browser(scene.ana)
    assert b"please call us" in client.get(path).body
    assert client.post(path, {"time": written(on(4, 11), None), "version": 1}).status == 422
    assert b"Cancelling now costs the whole fee." in client.get(f"/appointments/{row.pk}/cancel/").body
    assert client.post(f"/appointments/{row.pk}/cancel/", {"version": 1}).status == 422
    day = on(4, 11).astimezone(ZoneInfo(TORONTO)).date().isoformat()
    assert scene.browser.post(path, {"first": day, "time": "11:00", "version": 1}).status == 303


def test_the_desk_reads_times_and_places_and_no_name_of_a_client() -> None:
    scene = Scene()
    an_appointment(scene.case, scene.offering, on(3, 10), subject=scene.ana)
    desk = Browser(someone_with(Role.DESK, name="Dora Dale"))
    page = desk.get(f"/desk/?day={on(3, 10).date().isoformat()}")
    assert b"Thea Stone" in page.body
    assert b"Ana" not in page.body


def test_whoever_stands_for_a_young_child_sees_and_books_its_times() -> None:
    a_practice()
    tom, thea = a_person("Tom Tell", age=9), a_therapist("Thea Stone")
    gina = a_guardian(tom, "Gina Tell")
    case = a_child_case(tom, lead=thea)
    works(thea)
    offering = offers(thea)
    browser = Browser(gina)
    assert b"Thea Stone" in browser.get("/appointments/").body
    times = f"/appointments/times/{case.pk}/"
    kept = browser.post(times, {"time": written(on(4, 11), None), "offering": offering.pk})
    assert browser.post(kept.goes_to).status == 303
    made = Appointment.objects.get()
    assert made.subject_id == tom.pk
    assert f"/appointments/{made.pk}/".encode() in browser.get("/appointments/").body


@pytest.mark.parametrize("path", ["/appointments/", "/week/?day={day}"])
def test_more_appointments_cost_no_more_queries(path: str) -> None:
    scene = Scene()
    browser = Browser(scene.ana) if "week" not in path else scene.browser
    path = path.format(day=on(1, 9).date().isoformat())
    an_appointment(scene.case, scene.offering, on(1, 9), subject=scene.ana)
    browser.get(path)
    with CaptureQueriesContext(connection) as few:
        browser.get(path)
    for hour in range(10, 15):
        an_appointment(scene.case, scene.offering, on(1, hour), subject=scene.ana)
    with at_most(len(few)):
        browser.get(path)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "never", "2027-02-30", ""])
def test_days_that_are_none_are_today(day: str) -> None:
    scene = Scene()
    client = Browser(scene.ana)
    for path in ("/week/", "/week/day/"):
        assert scene.browser.get(f"{path}?day={day}").status == 200
    assert client.get(f"/appointments/times/{scene.case.pk}/?from={day}").status == 200
    assert scene.browser.get(f"/appointments/new/{scene.case.pk}/?day={day}").status == 200
    assert acting(scene.ana)


def test_two_who_lead_it_have_both_their_times_taken_and_both_see_it() -> None:
    scene = Scene()
    otto = a_therapist("Otto Oak")
    Person.objects.filter(pk=otto.pk).update(zone=TORONTO)
    works(otto)
    page = f"/appointments/new/{scene.case.pk}/"
    assert b"Who else leads it?" not in scene.browser.get(page).body
    a_colleague_on(scene.case, otto)
    beside = Therapist.objects.get(person=otto)
    assert b"Otto Oak" in scene.browser.get(page).body
    busy = offers(otto)
    client = a_person("Cleo Cole")
    an_appointment(an_individual(client, lead=otto), busy, on(3, 11), subject=client)
    day = on(3, 10).astimezone(ZoneInfo(TORONTO)).date()
    taken = scene.books(day, "11:00", beside=beside.pk)
    assert taken.status == 422
    assert b"not free any more" in taken.body
    assert f'value="{beside.pk}" checked'.encode() in taken.body, "what was ticked stays"
    assert not Occupancy.objects.filter(begins_at=on(3, 11), resource_id=scene.offering.therapist_id).exists()
    made = scene.books(day, "10:00", beside=beside.pk)
    row = Appointment.objects.get(case_id=scene.case.pk)
    assert Occupancy.objects.filter(source_id=row.pk).count() == 2
    for person in (scene.thea, otto):
        week = Browser(person).get(f"/week/?day={day.isoformat()}").body
        assert f"/appointments/{row.pk}/".encode() in week
    assert b"Thea Stone, Otto Oak" in Browser(scene.ana).get(made.goes_to).body
    moves = Browser(scene.ana).get(f"/appointments/{row.pk}/move/?from={day.isoformat()}").body
    assert written(on(3, 11), None).encode() not in moves, "a time at which one of the two cannot"
    assert written(on(3, 13), None).encode() in moves
    cancelled = Browser(otto).post(f"/appointments/{row.pk}/cancel/", {"version": row.version})
    assert cancelled.status == 303
    assert not Occupancy.objects.filter(source_id=row.pk).exists()


def test_hours_that_are_alike_are_opened_on_several_days_at_once_or_on_none() -> None:
    a_practice()
    browser = Browser(a_therapist("Thea Stone"))
    said = {
        "weekday": ["0", "1", "4"],
        "begins": "09:00",
        "ends": "17:00",
        "every": "1",
        "from_day": "2027-01-04",
    }
    assert browser.post(reverse("hours-add"), said).status == 303
    assert list(Pattern.objects.order_by("weekday").values_list("weekday", "begins", "ends")) == [
        (0, 540, 1020), (1, 540, 1020), (4, 540, 1020),
    ]  # fmt: skip
    assert browser.post(reverse("hours-add"), {**said, "ends": "08:00"}).status == 422
    assert browser.post(reverse("hours-add"), {**said, "weekday": []}).status == 422
    assert Pattern.objects.count() == 3


def test_a_therapist_reads_who_waits_in_order_and_names_only_their_own() -> None:
    a_practice()
    thea, odd = a_therapist("Thea Stone"), a_therapist("Odd Oak")
    ana, new = a_person("Ana Ames"), a_person("Nora New")
    case, offering = an_individual(ana, lead=thea), offers(thea)
    wait_for_time(actor=acting(ana), offering=offering, case_id=case.pk, weekdays=[0, 2], not_before=960)
    wait_for_time(actor=acting(new), offering=offering)
    page = Browser(thea).get(reverse("waiting-list")).body
    assert b"Monday, Wednesday, from 16:00" in page
    assert b"Ana Ames" in page
    assert b"Somebody new" in page
    assert b"Nora" not in page
    assert b"Nobody waits now." in Browser(odd).get(reverse("waiting-list")).body
    assert b"Monday, Wednesday, from 16:00" in Browser(ana).get("/appointments/").body
