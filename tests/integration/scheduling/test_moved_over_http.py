"""Moving and cancelling through the pages: by each side, when the clocks change, late, and when all are asked anew."""

import base64
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from tests.factories import accounts
from tests.factories.cases import a_couple, an_individual
from tests.factories.people import a_person, a_practice, a_therapist, acting
from tests.factories.scheduling import TORONTO, Kind, an_appointment, offers, on, the_rules, together, works
from tests.permissions.browsing import Browser

from homeport.core.clock import now
from homeport.outbox.models import OutgoingMessage
from homeport.people.models import Person
from homeport.scheduling.models import Appointment
from homeport.scheduling.services.consent_to_time import consent_to_time

# The second wall of PostgreSQL goes by the clock of the database: these tests let it run.
pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Scene:
    """Thea in Toronto; Ana, who lives by the clock of Berlin, and Ben, alone and as a couple."""

    def __init__(self) -> None:
        a_practice()
        self.thea = accounts.signs_in(a_therapist("Thea Stone"))
        Person.objects.filter(pk=self.thea.pk).update(zone=TORONTO)
        works(self.thea)
        self.ana = accounts.signs_in(a_person("Ana Ames", zone="Europe/Berlin"))
        self.ben = accounts.signs_in(a_person("Ben Bell", zone=TORONTO))
        self.alone, self.joint = (
            offers(self.thea, price=10000, currency="CAD"),
            offers(self.thea, Kind.COUPLE),
        )
        self.own = an_individual(self.ana, lead=self.thea)
        self.both = a_couple(self.ana, self.ben, lead=self.thea)
        together(self.both)

    def single(self, begins_at: datetime) -> Appointment:
        return an_appointment(self.own, self.alone, begins_at, subject=self.ana)

    def booked_together(self, begins_at: datetime) -> Appointment:
        made = an_appointment(self.both, self.joint, begins_at)
        for person in (self.ana, self.ben):
            made = consent_to_time(actor=acting(person), appointment=made, comes=True)
        return made


def last_entry(person: Person) -> Any:
    """What the newest letter tells somebody's calendar: (method, entry)."""
    told = OutgoingMessage.objects.filter(to=person, kind="meeting-news").exclude(state="withdrawn")
    words = told.order_by("-created_at")[0].words
    assert "calendar" in words, "a calendar that knows the old time is told"
    read: Any = Calendar.from_ical(base64.b64decode(words["calendar"]))
    return str(read["METHOD"]), read.walk("VEVENT")[0]


def test_a_joint_time_that_is_moved_stands_in_calendars_as_pending_and_then_as_set() -> None:
    scene = Scene()
    meeting = scene.booked_together(on(9, 10))
    first = last_entry(scene.ana)[1]
    moved = {"first": on(9, 13).astimezone(ZoneInfo(TORONTO)).date().isoformat(), "time": "13:00"}
    path = f"/appointments/{meeting.pk}/"
    answer = Browser(scene.thea).post(f"{path}move/", {**moved, "version": meeting.version})
    assert answer.status == 303
    for person in (scene.ana, scene.ben):
        method, entry = last_entry(person)
        assert (method, str(entry["STATUS"])) == ("REQUEST", "TENTATIVE")
        assert str(entry["UID"]) == str(first["UID"])
        assert entry.decoded("SEQUENCE") > first.decoded("SEQUENCE")
        assert entry.decoded("DTSTART") == on(9, 13)
    for person in (scene.ana, scene.ben):
        assert Browser(person).post(f"{path}answer/", {"answer": "yes"}).status == 303
    for person in (scene.ana, scene.ben):
        method, entry = last_entry(person)
        assert (method, str(entry["STATUS"])) == ("REQUEST", "CONFIRMED")
        assert entry.decoded("DTSTART") == on(9, 13)


def test_a_time_that_is_proposed_for_the_first_time_is_no_news_to_a_calendar() -> None:
    scene = Scene()
    an_appointment(scene.both, scene.joint, on(9, 10))
    told = OutgoingMessage.objects.filter(to=scene.ben, kind="meeting-news").get()
    assert "calendar" not in told.words


def test_across_the_change_of_the_clocks_the_wall_in_the_room_says_the_hour_that_was_typed() -> None:
    scene = Scene()
    the_rules(horizon=365)
    meeting = scene.single(on(3, 10))
    year = now().year + 1
    # Toronto's clocks go forward on the second Sunday of March, those of Berlin two weeks later.
    typed = {"first": f"{year}-03-16", "time": "10:00", "version": meeting.version}
    assert Browser(scene.thea).post(f"/appointments/{meeting.pk}/move/", typed).status == 303
    meeting.refresh_from_db()
    assert meeting.begins_at == datetime(year, 3, 16, 14, 0, tzinfo=UTC)
    seen = Browser(scene.ana).get(f"/appointments/{meeting.pk}/").body
    assert b"15:00" in seen
    assert b"10:00 in Toronto" in seen
    letter = OutgoingMessage.objects.filter(to=scene.ana, kind="meeting-news").latest("created_at")
    assert "15:00" in letter.words["body"]
    assert last_entry(scene.ana)[1].decoded("DTSTART") == meeting.begins_at


def test_in_the_late_window_a_client_reads_what_it_costs_and_the_practice_does_not() -> None:
    scene = Scene()
    the_rules(late=48 * 60, late_share=50)
    meeting = scene.single(on(1, 16))
    path = f"/appointments/{meeting.pk}/cancel/"
    page = Browser(scene.ana).get(path)
    assert page.status == 200
    assert b"50" in page.body
    refused = Browser(scene.ana).post(path, {"version": meeting.version})
    assert refused.status == 422
    assert b"Cancelling now costs 50% of the fee." in refused.body
    move = Browser(scene.ana).post(
        f"/appointments/{meeting.pk}/move/", {"time": "x", "version": meeting.version}
    )
    assert move.status == 422
    assert b"please call us" in move.body
    assert b"of the fee" not in Browser(scene.thea).get(path).body
    assert Browser(scene.ana).post(path, {"version": meeting.version, "late": "on"}).status == 303
    meeting.refresh_from_db()
    assert (meeting.status, meeting.was_late, meeting.cancelled_side) == ("cancelled", True, "client")


def test_the_practice_cancels_late_at_no_cost() -> None:
    scene = Scene()
    the_rules(late=48 * 60, late_share=50)
    meeting = scene.single(on(1, 16))
    path = f"/appointments/{meeting.pk}/cancel/"
    assert Browser(scene.thea).post(path, {"version": meeting.version}).status == 303
    meeting.refresh_from_db()
    assert (meeting.status, meeting.was_late) == ("cancelled", False)
    assert last_entry(scene.ana)[0] == "CANCEL"
