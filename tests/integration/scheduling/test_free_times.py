"""When somebody is free, from the tables: patterns, days off, hours more, rules, and the same number of queries for all."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.factories.cases import an_individual
from tests.factories.people import a_person, a_therapist
from tests.factories.queries import exactly
from tests.factories.scheduling import (
    TORONTO,
    a_place,
    a_way,
    an_appointment,
    offers,
    on,
    the_rules,
    works,
)

from homeport.core.clock import now
from homeport.people.models import Person, Therapist
from homeport.people.offers import Format
from homeport.scheduling.models import Away, BusyFeed, BusyTime, Extra, Offering
from homeport.scheduling.selectors import FreeTime, free_times, next_free

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_morning")]
MONDAY = date(2027, 1, 11)


@pytest.fixture
def thea() -> Person:
    return a_therapist("Thea")


def times(person: Person, days: int = 7, **more: object) -> list[FreeTime]:
    therapist = Therapist.objects.get(person=person).pk
    asked = {
        "offering_kind": "individual",
        "from_at": now(),
        "until_at": now() + timedelta(days=days),
        **more,
    }
    return free_times([therapist], **asked)[therapist]  # type: ignore[arg-type]


def said(found: list[FreeTime], zone: str = TORONTO) -> list[str]:
    return [one.begins_at.astimezone(ZoneInfo(zone)).strftime("%d. %H:%M") for one in found]


def test_hours_of_a_week_on_their_grid(thea: Person) -> None:
    works(thea, 1, 3, begins=9, ends=12)
    offers(thea)
    # Fifty minutes and ten of quiet: the last one begins at eleven. Tuesday before nine is within a day's notice.
    assert said(times(thea)) == ["12. 09:00", "12. 10:00", "12. 11:00", "14. 09:00", "14. 10:00", "14. 11:00"]
    assert said(times(thea, limit=2)) == ["12. 09:00", "12. 10:00"]
    the_rules(notice=26 * 60, horizon=3)
    assert said(times(thea)) == ["12. 11:00"]
    assert len(times(thea, by_practice=True)) == 6


def test_every_second_week(thea: Person) -> None:
    works(thea, 2, begins=9, ends=10, every=2, from_day=date(2027, 1, 4))
    offers(thea)
    assert said(times(thea, days=40)) == ["20. 09:00", "03. 09:00", "17. 09:00"]


def test_a_pattern_ends(thea: Person) -> None:
    works(thea, 2, begins=9, ends=10, from_day=date(2027, 1, 20), until_day=date(2027, 1, 27))
    offers(thea)
    assert said(times(thea, days=40)) == ["20. 09:00", "27. 09:00"]


def test_the_wall_clock_stays(thea: Person) -> None:
    the_rules(horizon=200)
    works(thea, 6, begins=9, ends=10)
    offers(thea)
    found = times(thea, days=90)
    assert {text[4:] for text in said(found)} == {"09:00"}
    assert {one.begins_at.hour for one in found} == {13, 14}


def test_away_holidays_and_hours_more(thea: Person) -> None:
    works(thea, begins=9, ends=11)
    offers(thea)
    therapist = Therapist.objects.get(person=thea)
    Away.objects.create(therapist=therapist, begins_at=on(2, 9, 30), ends_at=on(2, 13))
    Away.objects.create(begins_at=on(3, 0), ends_at=on(4, 0), name="A holiday")
    Extra.objects.create(therapist=therapist, begins_at=on(3, 15), ends_at=on(3, 16), ways=["video"])
    Extra.objects.create(therapist=therapist, begins_at=on(4, 15), ends_at=on(4, 16), ways=["phone"])
    assert said(times(thea, days=5)) == [
        "12. 09:00", "12. 10:00", "14. 15:00", "15. 09:00", "15. 10:00",
    ]  # fmt: skip


def test_busy_elsewhere(thea: Person) -> None:
    works(thea, 1, begins=9, ends=12)
    offers(thea)
    therapist = Therapist.objects.get(person=thea)
    feed = BusyFeed.objects.create(therapist=therapist, address="https://calendar.example/a.ics")
    BusyTime.objects.create(feed=feed, therapist=therapist, begins_at=on(1, 10, 45), ends_at=on(1, 11, 15))
    assert said(times(thea, days=3)) == ["12. 09:00"]


def test_ways_and_places(thea: Person) -> None:
    here, there = a_place(rooms=(2,)), a_place("Hill Road")
    a_way(here, there, 40)
    works(thea, 1, begins=9, ends=11, place=here)
    works(thea, 1, begins=11, ends=13, place=there, ways=["in_person"])
    room, video = offers(thea, way=Format.IN_PERSON), offers(thea)
    found = times(thea, days=3)
    assert [(text, one.way, one.place_id) for text, one in zip(said(found), found, strict=True)][:2] in (
        [("12. 09:00", "in_person", here.pk), ("12. 09:00", "video", here.pk)],
        [("12. 09:00", "video", here.pk), ("12. 09:00", "in_person", here.pk)],
    )
    assert said(times(thea, days=3, way="video")) == ["12. 09:00", "12. 10:00"]
    client = a_person()
    an_appointment(an_individual(client, lead=thea), room, on(1, 10), subject=client, place=here)
    # Ten minutes of quiet until eleven, and forty on the way.
    assert said(times(thea, days=3, way="in_person")) == ["12. 09:00", "12. 12:00"]
    assert said(times(thea, days=3, way="video")) == ["12. 09:00"]
    assert video.pk != room.pk


def test_what_is_not_offered_is_not_free(thea: Person) -> None:
    works(thea)
    offering = offers(thea, by_clients=False)
    assert times(thea) == []
    assert times(thea, by_practice=True)
    Offering.objects.filter(pk=offering.pk).update(is_open=False)
    assert times(thea, by_practice=True) == []
    offers(thea, way=Format.IN_PERSON)  # and no place
    assert times(thea) == []
    assert times(thea, from_at=now() + timedelta(days=3), until_at=now()) == []


def test_the_next_times_look_further_where_there_are_few(thea: Person) -> None:
    works(thea, 2, begins=9, ends=10, every=4, from_day=date(2027, 1, 11))
    offers(thea)
    therapist = Therapist.objects.get(person=thea).pk
    nobody = Therapist.objects.get(person=a_therapist()).pk
    found = next_free([therapist, nobody], offering_kind="individual")
    assert said(found[therapist]) == ["13. 09:00", "10. 09:00", "10. 09:00"]
    assert found[nobody] == []


@pytest.mark.parametrize("number", [1, 12])
def test_as_many_queries_for_one_as_for_many(number: int) -> None:
    place = a_place(rooms=(2, 2, 2))
    other = a_place("Hill Road", rooms=(2,))
    a_way(place, other, 30)
    people = [a_therapist() for _ in range(number)]
    for person in people:
        works(person, 1, place=place)
        works(person, 2, place=other)
        offers(person, way=Format.IN_PERSON)
        offers(person)
    ids = list(Therapist.objects.filter(person__in=people).values_list("pk", flat=True))
    with exactly(8):
        found = free_times(
            ids, offering_kind="individual", from_at=now(), until_at=now() + timedelta(weeks=6)
        )
    assert all(found[one] for one in ids)


def test_nothing_is_free_in_the_past(thea: Person) -> None:
    works(thea)
    offers(thea)
    found = times(thea, from_at=datetime(2026, 1, 1, tzinfo=UTC), until_at=now() + timedelta(days=1, hours=1))
    assert all(one.begins_at >= now() + timedelta(days=1) for one in found)
