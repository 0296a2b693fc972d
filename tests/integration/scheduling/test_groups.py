"""Groups with places: people take one, wait for one, give one back, and nobody reads who else is there."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from tests.factories import accounts
from tests.factories.cases import an_individual
from tests.factories.people import a_person, a_practice, a_therapist, acting
from tests.factories.post import sent
from tests.factories.scheduling import TORONTO, Kind, an_appointment, offers, on, the_rules, works
from tests.permissions.browsing import Browser

from homeport.access.gate import Hidden
from homeport.cases.forms import NEW
from homeport.cases.models import Case, Participant
from homeport.cases.services.join_records import join_records
from homeport.core.clock import now, standing_at
from homeport.core.errors import HomeportError
from homeport.people.models import Person
from homeport.scheduling.feeding import feed_of
from homeport.scheduling.models import Appointment, Group, Occupancy, Waiting
from homeport.scheduling.recurrence import Rule
from homeport.scheduling.services.book_series import book_series
from homeport.scheduling.services.cancel_appointment import cancel_appointment
from homeport.scheduling.services.change_series import Scope, change_series
from homeport.scheduling.services.consent_to_time import consent_to_time
from homeport.scheduling.services.join_group import join_group, lapse_places, leave_group, wait_for_place
from homeport.scheduling.services.keep_group import open_group
from homeport.scheduling.services.reschedule_appointment import reschedule_appointment
from homeport.scheduling.services.take_place import Full

# The second wall of PostgreSQL goes by the clock of the database: these tests let it run.
pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Scene:
    """Thea leads an evening group with two places, four times; Ana, Ben and Cleo are clients of hers."""

    def __init__(self, **rules: Any) -> None:
        a_practice()
        self.thea = accounts.signs_in(a_therapist("Thea Stone"))
        works(self.thea, begins=9, ends=21)
        self.ana, self.ben, self.cleo = (self.client(name) for name in ("Ana Ames", "Ben Bell", "Cleo Cole"))
        told = {"name": "Evening group", "about": "", "places": 2, "is_open": True, "names": False, **rules}
        self.offering = offers(self.thea, Kind.GROUP, places=8, price=4000, currency="CAD")
        self.group = open_group(actor=acting(self.thea), offering=self.offering, **told)
        rule = Rule(
            first=on(8, 18).astimezone(ZoneInfo(TORONTO)).date(), minute=18 * 60, zone=TORONTO, count=4
        )
        made = book_series(
            actor=acting(self.thea), offering=self.offering, rule=rule, case_id=self.group.case_id, subject_id=None
        )  # fmt: skip
        self.meetings = list(made.appointments)

    def client(self, name: str) -> Person:
        person = accounts.signs_in(a_person(name, zone=TORONTO))
        an_individual(person, lead=self.thea)
        return person

    def joins(self, person: Person) -> None:
        join_group(actor=acting(person), group=self.group, person_id=person.pk)

    def come(self) -> list[set[object]]:
        return [
            set(each.people.exclude(consent="no").values_list("person_id", flat=True))
            for each in self.meetings
        ]


def day_of(meeting: Appointment) -> str:
    return f"{meeting.begins_at.astimezone(ZoneInfo(TORONTO)):%-d %B}"


def to(person: Person) -> list[str]:
    assert person.user is not None
    return [str(each.subject) for each in sent() if each.to == [person.user.email]]


def test_who_takes_a_place_comes_to_every_time_that_lies_ahead() -> None:
    scene = Scene()
    page = Browser(scene.ana).get("/groups/").body
    assert b"Evening group" in page
    assert Browser(scene.ana).post(f"/groups/{scene.group.pk}/join/").status == 303
    assert scene.come() == [{scene.ana.pk}] * 4
    assert to(scene.ana) == [f"Set for {day_of(scene.meetings[0])}"], "one letter for all of them"
    assert feed_of(scene.ana).count(b"BEGIN:VEVENT") == 1
    assert Occupancy.objects.filter(what="group_place").count() == 4
    scene.joins(scene.ana)
    assert Participant.objects.filter(case_id=scene.group.case_id).count() == 1, "twice is once"


def test_only_clients_of_those_who_lead_an_open_group_take_a_place_by_themselves() -> None:
    scene = Scene()
    stranger, child = a_person("Sam Sand"), a_person("Kit Kay", age=12)
    an_individual(child, lead=scene.thea)
    other = an_individual(stranger, lead=a_therapist("Otto Oak"))
    for who in (stranger, child):
        with pytest.raises(Hidden):
            scene.joins(who)
        assert b"Evening group" not in Browser(who).get("/groups/").body
    with pytest.raises(Hidden):  # nor does Thea place somebody else's client
        join_group(actor=acting(scene.thea), group=scene.group, person_id=stranger.pk)
    assert other.participants.count() == 1
    Group.objects.update(is_open=False)
    assert Browser(scene.ana).post(f"/groups/{scene.group.pk}/join/").status == 404
    placed = Browser(scene.thea).post(reverse("group-place", args=[scene.group.pk]), {"person": scene.ana.pk})
    assert placed.status == 303
    assert scene.come() == [{scene.ana.pk}] * 4


def test_a_full_group_keeps_a_list_and_a_place_given_back_goes_to_the_first() -> None:
    scene = Scene()
    dora = scene.client("Dora Dale")
    scene.joins(scene.ana)
    scene.joins(scene.ben)
    with pytest.raises(Full):
        scene.joins(scene.cleo)
    browser = Browser(scene.cleo)
    browser.post(f"/groups/{scene.group.pk}/join/")
    assert b"Every place in this group is taken." in browser.get("/groups/").body
    assert Browser(scene.cleo).post(f"/groups/{scene.group.pk}/wait/").status == 303
    with standing_at(now() + timedelta(minutes=1)):
        wait_for_place(actor=acting(dora), group=scene.group, person_id=dora.pk)
    sent().clear()
    assert Browser(scene.ana).post(f"/groups/{scene.group.pk}/leave/").status == 303
    assert to(scene.ana) == [f"Not on {day_of(scene.meetings[0])}"]
    assert to(scene.cleo) == ["A place is free"]
    assert to(dora) == to(scene.ben) == []
    with pytest.raises(Full):  # it is kept
        scene.joins(dora)
    with standing_at(now() + timedelta(days=2)):
        assert lapse_places(actor=acting(scene.thea)) == 1
        assert to(dora) == ["A place is free"]
        with pytest.raises(Full):
            scene.joins(scene.cleo)
        scene.joins(dora)
        assert scene.come() == [{scene.ben.pk, dora.pk}] * 4
        assert list(Waiting.objects.filter(ended_at=None).values_list("person_id", flat=True)) == [
            scene.cleo.pk
        ]
        leave_group(actor=acting(scene.thea), group=scene.group, person_id=scene.ben.pk)
        assert to(scene.cleo) == ["A place is free"] * 2, "another place, another offer"


def test_more_places_go_to_who_waits_and_fewer_than_members_are_refused() -> None:
    scene = Scene()
    scene.joins(scene.ana)
    scene.joins(scene.ben)
    wait_for_place(actor=acting(scene.cleo), group=scene.group, person_id=scene.cleo.pk)
    path, browser = reverse("group", args=[scene.group.pk]), Browser(scene.thea)
    said = {"name": "Evening group", "about": "", "is_open": "on", "version": 1}
    refused = browser.post(path, {**said, "places": 1})
    assert refused.status == 422
    assert b"More people than that are in the group already." in refused.body
    assert browser.post(path, {**said, "places": 3}).status == 303
    assert to(scene.cleo) == ["A place is free"]
    scene.joins(scene.cleo)
    assert scene.come() == [{scene.ana.pk, scene.ben.pk, scene.cleo.pk}] * 4
    assert browser.post(path, {**said, "places": 4}).status == 422, "somebody was faster"


@pytest.mark.parametrize("names", [False, True])
def test_members_read_each_others_names_only_where_its_rules_say_so(names: bool) -> None:
    scene = Scene(names=names)
    scene.joins(scene.ana)
    join_group(actor=acting(scene.ben), group=scene.group, person_id=scene.ben.pk, called="Benny")
    browser, meeting = Browser(scene.ana), scene.meetings[0]
    paths = (
        "/groups/",
        "/appointments/",
        f"/appointments/{meeting.pk}/",
        f"/appointments/{meeting.pk}/cancel/",
        "/home/",
    )
    pages = b"".join(browser.get(path).body for path in paths)
    assert b"Bell" not in pages
    case_id = str(scene.group.case_id).encode()
    assert case_id not in browser.get("/appointments/").body, "nobody books in a group"
    assert (b"Benny" in pages) is names
    written = b"".join(each.message().as_bytes() for each in sent() if each.to == [scene.ana.user.email])  # type: ignore[union-attr]
    for text in (feed_of(scene.ana), written):
        assert b"Ben" not in text
        assert b"group" not in text.lower()


def test_one_member_who_cannot_come_cancels_nothing_for_the_others() -> None:
    scene = Scene()
    the_rules(late=24 * 60, late_share=100)
    scene.joins(scene.ana)
    scene.joins(scene.ben)
    sent().clear()
    meeting = scene.meetings[1]
    path = f"/appointments/{meeting.pk}/"
    ana = Browser(scene.ana)
    assert b"Move it" not in ana.get(path).body
    assert b"You keep your place for the next times." in ana.get(f"{path}cancel/").body
    for act in (
        lambda: reschedule_appointment(actor=acting(scene.ana), appointment=meeting, begins_at=on(20, 18), version=1),
        lambda: change_series(actor=acting(scene.ana), appointment=meeting, scope=Scope.ALL, version=1, to=None),
        lambda: consent_to_time(actor=acting(scene.ana), appointment=meeting, comes=True),
    ):  # fmt: skip
        with pytest.raises(HomeportError):
            act()
    assert ana.post(f"{path}cancel/", {"version": 1}).status == 303
    assert Appointment.objects.get(pk=meeting.pk).status == "booked"
    assert [len(each) for each in scene.come()] == [2, 1, 2, 2]
    assert to(scene.ana) == [f"Not on {day_of(meeting)}"]
    assert to(scene.ben) == []
    assert path.encode() not in ana.get("/appointments/").body
    assert path.encode() in Browser(scene.ben).get("/appointments/").body
    assert b"You said that you do not come to this one." in ana.get(path).body
    late = scene.meetings[0]
    with standing_at(late.begins_at - timedelta(hours=2)):
        ana = Browser(scene.ana)
        asked = ana.post(f"/appointments/{late.pk}/cancel/", {"version": 1})
        assert asked.status == 422
        assert b"Cancelling now costs the whole fee." in asked.body
        assert ana.post(f"/appointments/{late.pk}/cancel/", {"version": 1, "late": "on"}).status == 303
    assert late.people.get(person=scene.ana).was_late


def test_who_waits_no_longer_lets_the_next_one_have_it() -> None:
    scene = Scene(places=1)
    scene.joins(scene.ana)
    for minute, who in enumerate((scene.ben, scene.cleo)):
        with standing_at(now() + timedelta(minutes=minute)):
            wait_for_place(actor=acting(who), group=scene.group, person_id=who.pk)
    leave_group(actor=acting(scene.ana), group=scene.group, person_id=scene.ana.pk)
    waits = Waiting.objects.get(person=scene.ben)
    assert waits.offered_until is not None
    assert Browser(scene.cleo).post(f"/appointments/waiting/{waits.pk}/leave/").status == 404
    assert Browser(scene.ben).post(f"/appointments/waiting/{waits.pk}/leave/").status == 303
    assert to(scene.cleo) == ["A place is free"]


def test_a_closed_group_calls_everything_off_and_nobody_waits_for_it() -> None:
    scene = Scene(places=1)
    scene.joins(scene.ana)
    wait_for_place(actor=acting(scene.ben), group=scene.group, person_id=scene.ben.pk)
    case = Case.objects.get(pk=scene.group.case_id)
    from homeport.cases.services.open_case import change_case_status

    change_case_status(actor=acting(scene.thea), case=case, status=Case.Status.CLOSED, version=case.version)
    assert set(Appointment.objects.values_list("status", flat=True)) == {"cancelled"}
    assert not Waiting.objects.filter(ended_at=None).exists()
    assert not Occupancy.objects.exists()
    with pytest.raises(Hidden):
        scene.joins(scene.ben)
    alone = offers(scene.thea)
    an_appointment(
        an_individual(a_person("Eva"), lead=scene.thea),
        alone,
        on(8, 18),
        subject=Person.objects.get(name="Eva"),
    )


def test_who_is_brought_in_on_the_page_of_the_case_comes_to_what_is_booked_too() -> None:
    scene = Scene()
    wait_for_place(actor=acting(scene.ana), group=scene.group, person_id=scene.ana.pk)
    path = f"/cases/{scene.group.case_id}/people/add/"
    said = {"who": scene.ana.pk, "role": "member", "group_name": "Ana"}
    assert Browser(scene.thea).post(path, said).status == 303
    assert scene.come() == [{scene.ana.pk}] * 4
    assert Occupancy.objects.filter(what="group_place").count() == 4
    assert not Waiting.objects.filter(person=scene.ana, ended_at=None).exists()
    assert to(scene.ana)[-1] == f"Set for {day_of(scene.meetings[0])}"
    scene.joins(scene.ben)
    late = Browser(scene.thea).post(path, said | {"who": scene.cleo.pk, "group_name": "Cleo"})
    assert late.status == 422, "there are two places"
    assert b"Every place in this group is taken." in late.body
    assert scene.come() == [{scene.ana.pk, scene.ben.pk}] * 4
    assert Participant.objects.filter(case_id=scene.group.case_id, until_at=None).count() == 2


def test_who_was_entered_anew_keeps_the_place_under_their_own_record() -> None:
    scene = Scene()
    path = f"/cases/{scene.group.case_id}/people/add/"
    said = {"who": NEW, "name": "Ana Ames", "birth_date": "1990-05-17", "role": "member", "group_name": "Ana"}
    answer = Browser(scene.thea).post(path, said)
    assert answer.status == 303, answer.body
    entered = Participant.objects.get(case_id=scene.group.case_id).person
    assert scene.come() == [{entered.pk}] * 4
    join_records(actor=acting(scene.ana), entered=entered, own=scene.ana)
    assert scene.come() == [{scene.ana.pk}] * 4
    assert Occupancy.objects.filter(what="group_place").count() == 4


def test_no_number_in_the_calendar_of_one_member_grows_with_another() -> None:
    scene = Scene(places=3)
    for person in (scene.ana, scene.ben):
        scene.joins(person)
    before = feed_of(scene.ana)
    assert b"SEQUENCE" in before
    first = scene.meetings[0]
    first.refresh_from_db()
    cancel_appointment(actor=acting(scene.ben), appointment=first, version=first.version)
    assert feed_of(scene.ana) == before, "he does not come this time"
    leave_group(actor=acting(scene.ben), group=scene.group, person_id=scene.ben.pk)
    assert feed_of(scene.ana) == before, "he has left"
    scene.joins(scene.cleo)
    assert feed_of(scene.ana) == before, "somebody else has come"
