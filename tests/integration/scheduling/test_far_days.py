"""Days and times that nobody means: each form says so, and none answers with a fault of ours."""

from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from tests.factories.people import someone_with
from tests.factories.scheduling import TORONTO, a_place, an_appointment, on
from tests.integration.scheduling.test_pages_practice import Scene
from tests.permissions.browsing import Answer, Browser

from homeport.core.clock import now
from homeport.people.models import Role
from homeport.scheduling.links import Act, address_of
from homeport.scheduling.models import Appointment, Away, Extra, Place
from homeport.scheduling.presenters import written

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
FAR = b"That day is too far away."


@pytest.mark.parametrize("time", ["00010101T0000Z", "99991231T2359Z"])
def test_a_time_that_no_button_sends_is_refused_wherever_it_is_sent(time: str) -> None:
    scene = Scene()
    row = an_appointment(scene.case, scene.offering, on(4, 9), subject=scene.ana)
    ana, desk = Browser(scene.ana), Browser(someone_with(Role.DESK))
    link = "/time/" + address_of(row, scene.ana.pk, Act.MOVE).partition("/time/")[2]
    fields = {"time": time, "offering": scene.offering.pk, "version": row.version}
    for browser, path in (
        (ana, reverse("appointment-times", args=[scene.case.pk])),
        (ana, reverse("appointment-move", args=[row.pk])),
        (scene.browser, reverse("appointment-move", args=[row.pk])),
        (desk, reverse("desk-move", args=[row.pk])),
        (Browser(), link),
    ):
        answer = browser.post(path, fields)
        assert answer.status == 422, path
        assert b"Please choose one of the times." in answer.body
    assert Appointment.objects.get().begins_at == row.begins_at


@pytest.mark.parametrize("day", ["0001-01-01", "5000-01-01", "9999-12-31"])
def test_a_day_that_is_too_far_away_is_said_beside_it(day: str) -> None:
    scene = Scene()
    row = an_appointment(scene.case, scene.offering, on(4, 9), subject=scene.ana)
    desk, manager = Browser(someone_with(Role.DESK)), Browser(someone_with(Role.MANAGER))
    typed = {"first": day, "time": "23:59", "version": row.version}
    closed = {"from_on": "2027-03-14", "until_on": day, "name": "Family Day"}
    book = {"offering": scene.offering.pk, "person": scene.ana.pk, "repeats": "once", **typed}
    hours = {"weekday": ["0"], "begins": "09:00", "ends": "17:00", "every": "1", "from_day": day}
    for browser, path, fields in (
        (scene.browser, reverse("book", args=[scene.case.pk]), book),
        (scene.browser, reverse("appointment-move", args=[row.pk]), typed),
        (desk, reverse("desk-move", args=[row.pk]), typed),
        (scene.browser, reverse("away"), closed),
        (manager, reverse("holidays"), closed),
        (scene.browser, reverse("hours-add"), hours),
        (scene.browser, reverse("extra-hours"), {"on": day, "begins": "09:00", "ends": "10:00"}),
    ):
        answer = browser.post(path, fields)
        assert answer.status == 422, path
        assert FAR in answer.body, path
        assert f'value="{day}"'.encode() in answer.body, "what was typed stays"
    assert Appointment.objects.count() == 1
    assert not Away.objects.exists()
    assert not Extra.objects.exists()


def leap(year: int) -> str:
    """The Sunday on which the clocks of Toronto go forward: the second one of March."""
    return next(f"{year}-03-{day:02d}" for day in range(8, 15) if weekday(year, day) == 6)


def weekday(year: int, day: int) -> int:
    return now().astimezone(ZoneInfo(TORONTO)).replace(year=year, month=3, day=day).weekday()


def test_hours_that_end_before_they_begin_once_the_clock_has_leapt_are_refused() -> None:
    """From 02:30, which is 03:30 that day, until 03:15."""
    scene, day = Scene(), leap(now().year + 1)
    away = {"from_on": day, "until_on": day, "begins": "02:30", "ends": "03:15"}
    extra = {"on": day, "begins": "02:30", "ends": "03:15"}
    for path, fields in ((reverse("away"), away), (reverse("extra-hours"), extra)):
        answer = scene.browser.post(path, fields)
        assert answer.status == 422, path
        assert b"It ends after it begins." in answer.body
        assert scene.browser.post(path, {**fields, "ends": "03:45"}).status == 303
    for row in (Away.objects.get(), Extra.objects.get()):
        assert written(row.begins_at, None)[9:] == "0730Z"
        assert written(row.ends_at, None)[9:] == "0745Z"


def closing(scene: Scene, meetings: int) -> Answer:
    """The page of a holiday as it is sent with so many meetings, each named and ticked."""
    names = [f"{number:08d}-0000-4000-8000-000000000000" for number in range(meetings)]
    day = on(3, 9).date().isoformat()
    fields = {"name": "Family Day", "from_on": day, "until_on": day, "off": names}
    manager = Browser(someone_with(Role.MANAGER))
    return manager.post(reverse("holidays"), {**fields, "shown": [f"{name}:1" for name in names]})


def test_a_page_of_four_hundred_meetings_is_read() -> None:
    scene = Scene()
    an_appointment(scene.case, scene.offering, on(3, 9), subject=scene.ana)
    answer = closing(scene, 400)
    assert answer.status == 422
    assert b"Nothing has happened yet" in answer.body


def test_nobody_moves_a_meeting_into_a_place_that_is_closed() -> None:
    scene = Scene()
    row = an_appointment(scene.case, scene.offering, on(4, 9), subject=scene.ana)
    closed = a_place("Old Street")
    Place.objects.filter(pk=closed.pk).update(is_open=False)
    fields = {"time": f"{written(on(6, 11), None)}{closed.pk}", "version": row.version}
    assert scene.browser.post(reverse("appointment-move", args=[row.pk]), fields).status == 422
    assert Appointment.objects.get().place is None
