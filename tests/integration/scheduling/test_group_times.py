"""What a person reads of a group before they decide: when and where it meets, what it costs, whether a place is free."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from tests.factories.directory import a_page_of
from tests.factories.people import a_person, acting
from tests.factories.queries import at_most
from tests.factories.scheduling import TORONTO, Kind, a_place, an_appointment, offers, on
from tests.integration.scheduling.test_groups import Scene, day_of
from tests.permissions.browsing import Browser

from homeport.cases.models import Case
from homeport.core.clock import now, standing_at
from homeport.people.models import Person
from homeport.people.offers import Format
from homeport.scheduling.group_times import programmes
from homeport.scheduling.models import Group
from homeport.scheduling.recurrence import LAST, Rule, Unit
from homeport.scheduling.services.book_series import book_series
from homeport.scheduling.services.cancel_appointment import cancel_appointment
from homeport.scheduling.services.join_group import wait_for_place
from homeport.scheduling.services.keep_group import open_group
from homeport.scheduling.wall_clock import moment_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def words(body: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body.decode()))


def read(who: Person) -> str:
    return words(Browser(who).get("/groups/").body)


def weekday(scene: Scene) -> str:
    return f"{scene.meetings[0].begins_at.astimezone(ZoneInfo(TORONTO)):%A}"


def test_a_client_reads_when_and_where_it_meets_before_they_take_a_place() -> None:
    scene = Scene()
    shown = read(scene.ana)
    assert f"Every {weekday(scene)}, 18:00 to 18:50" in shown
    assert all(f"{day_of(one)}, 18:00" in shown for one in scene.meetings[:3])
    assert day_of(scene.meetings[3]) not in shown, "the next three are enough"
    for said in ("video", "with Thea Stone", "40 CAD each time", "A place is free"):
        assert said in shown, said
    assert "time in Toronto" not in shown


def test_somebody_far_away_reads_their_own_clock_and_is_told_the_groups() -> None:
    scene = Scene()
    Person.objects.filter(pk=scene.ana.pk).update(zone="America/Vancouver")
    shown = read(Person.objects.get(pk=scene.ana.pk))
    assert f"Every {weekday(scene)}, 18:00 to 18:50 (time in Toronto)" in shown
    assert f"{day_of(scene.meetings[0])}, 15:00 (18:00 in Toronto)" in shown


def test_what_is_called_off_is_not_said_and_the_place_is() -> None:
    scene = Scene()
    cancel_appointment(actor=acting(scene.thea), appointment=scene.meetings[0], version=1)
    there = offers(scene.thea, Kind.GROUP, Format.IN_PERSON, places=8)
    group = open_group(
        actor=acting(scene.thea), offering=there, name="Walks", about="", places=4, is_open=True, names=False
    )
    place = a_place("Harbour Street", rooms=(9,))
    an_appointment(Case.objects.get(pk=group.case_id), there, on(11, 10), by=scene.thea, place=place)
    shown = read(scene.ana)
    assert day_of(scene.meetings[0]) not in shown
    assert day_of(scene.meetings[3]) in shown
    assert "Harbour Street" in shown
    with standing_at(scene.meetings[3].begins_at + timedelta(hours=1)):
        assert "No time is set yet." in read(scene.ana)


def test_nothing_is_said_of_who_is_in_it_nor_how_many() -> None:
    scene = Scene(places=3)
    before = read(scene.cleo)
    scene.joins(scene.ben)
    assert read(scene.cleo) == before
    scene.joins(scene.ana)
    assert read(scene.cleo) == before, "two of three are as none of three: a place is free"
    for name in ("Ana", "Ben", "member"):
        assert name not in before


def test_who_waits_reads_how_many_are_before_them_and_nobodys_name() -> None:
    scene = Scene(places=1)
    scene.joins(scene.ana)
    for minute, who in enumerate((scene.ben, scene.cleo)):
        with standing_at(now() + timedelta(minutes=minute)):
            wait_for_place(actor=acting(who), group=scene.group, person_id=who.pk)
    assert "You are the first." in read(scene.ben)
    shown = read(scene.cleo)
    assert "One person is before you." in shown
    assert "Ben" not in shown


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"every": 2}, "Every second Tuesday, 18:00 to 18:50"),
        ({"every": 3}, "Every 3 weeks on Tuesday, 18:00 to 18:50"),
        ({"unit": Unit.MONTHS, "nth": 1}, "The first Tuesday of the month, 18:00 to 18:50"),
        ({"unit": Unit.MONTHS, "nth": LAST}, "The last Tuesday of the month, 18:00 to 18:50"),
        ({"unit": Unit.MONTHS, "nth": 1, "every": 2}, "Every 2 months, on the first Tuesday, 18:00 to 18:50"),
    ],
)
def test_every_rhythm_is_said_in_a_sentence(rule: dict[str, object], said: str) -> None:
    scene = Scene()
    group = open_group(
        actor=acting(scene.thea),
        offering=scene.offering,
        name="B",
        about="",
        places=4,
        is_open=True,
        names=False,
    )
    day = on(30, 12).date()
    while (
        day.weekday() != 1
        or (rule.get("nth") == 1 and day.day > 7)
        or (rule.get("nth") == LAST and day.day < 25)
    ):
        day += timedelta(days=1)
    made = Rule(first=day, minute=18 * 60, zone=TORONTO, count=2, **rule)  # type: ignore[arg-type]
    assert moment_of(day, 18 * 60, TORONTO) > now()
    book_series(
        actor=acting(scene.thea), offering=scene.offering, rule=made, case_id=group.case_id, subject_id=None
    )
    assert programmes([group], zone=TORONTO)[group.pk].rhythms == (said,)


def test_the_programmes_of_many_groups_take_two_questions() -> None:
    scene = Scene()
    for number in range(4):
        group = open_group(
            actor=acting(scene.thea), offering=scene.offering, name=f"G {number}", about="", places=4,
            is_open=True, names=False,
        )  # fmt: skip
        an_appointment(Case.objects.get(pk=group.case_id), scene.offering, on(12 + number, 10), by=scene.thea)
    groups = list(Group.objects.all())
    with at_most(2):
        found = programmes(groups, zone=TORONTO)
    assert len(groups) == 5
    assert all(found[one.pk].coming for one in groups)


def test_a_public_page_says_when_an_open_group_meets_and_not_what_it_is_called() -> None:
    scene = Scene(about="On closeness and distance")
    Person.objects.filter(pk=scene.thea.pk).update(zone=TORONTO)
    slug = a_page_of(scene.thea).slug
    page = words(Client().get(f"/therapists/{slug}/").content)
    assert f"Every {weekday(scene)}, 18:00 to 18:50" in page
    assert "40 CAD each time · a place is free" in page
    for hidden in ("Evening group", "On closeness and distance"):
        assert hidden not in page
    for who in (scene.ana, scene.ben):
        scene.joins(who)
    assert "every place is taken now" in words(Client().get(f"/therapists/{slug}/").content)
    Group.objects.update(is_open=False)
    assert "each time" not in words(Client().get(f"/therapists/{slug}/").content)


def test_a_zone_that_is_none_does_no_harm_on_a_public_page() -> None:
    scene = Scene()
    slug = a_page_of(scene.thea).slug
    answer = Client().post(f"/therapists/{slug}/", {"zone": "Nowhere/At all"})
    assert answer.status_code == 200
    assert "each time" in words(answer.content)


def test_a_stranger_reads_nothing_of_it_among_groups() -> None:
    Scene()
    assert "18:00" not in read(a_person("Sam Sand"))
