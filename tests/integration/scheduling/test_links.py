"""Links in letters: they do one thing, once, for one person, until the time is over; looking changes nothing."""

from datetime import timedelta
from typing import Any

import pytest
from tests.factories.cases import a_couple, a_group, an_individual
from tests.factories.people import a_person, a_practice, a_therapist, acting
from tests.factories.scheduling import Kind, an_appointment, offers, on, the_rules, together, works
from tests.permissions.browsing import Browser

from homeport.audit.models import AuditEvent
from homeport.cases.models import Participant
from homeport.core.clock import now, standing_at
from homeport.scheduling.links import Act, address_of
from homeport.scheduling.models import Appointment, Occupancy
from homeport.scheduling.presenters import written
from homeport.scheduling.services.cancel_appointment import cancel_appointment

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Scene:
    """Ana has a time with Thea in four days."""

    def __init__(self) -> None:
        a_practice()
        self.ana, self.thea = a_person("Ana Ames", zone="America/Toronto"), a_therapist("Thea Stone")
        self.case = an_individual(self.ana, lead=self.thea)
        self.offering = offers(self.thea, price=12000, currency="CAD")
        works(self.thea)
        self.row = an_appointment(self.case, self.offering, on(4, 9), subject=self.ana)
        self.browser = Browser()

    def path(self, act: Act = Act.CANCEL) -> str:
        """The address in the letter, without the house's own."""
        return "/time/" + address_of(self.row, self.ana.pk, act).partition("/time/")[2]

    def state(self) -> tuple[Any, ...]:
        """Everything that a link could change."""
        return (
            list(Appointment.objects.values_list("status", "begins_at", "changes", "version")),
            list(Occupancy.objects.order_by("pk").values_list("pk", "begins_at")),
        )


def test_looking_changes_nothing_and_says_nothing_but_the_time() -> None:
    scene = Scene()
    before = scene.state()
    for act in Act:
        page = scene.browser.get(scene.path(act))
        assert page.status == 200
        assert not page.cookies
        for word in (b"Thea", b"Ana", b"CAD", b"video"):
            assert word not in page.body
    assert scene.state() == before


def test_it_cancels_once() -> None:
    scene = Scene()
    path = scene.path()
    assert b"It is cancelled" in scene.browser.post(path).body
    assert Appointment.objects.get().status == "cancelled"
    assert Appointment.objects.get().cancelled_side == "client"
    for again in (scene.browser.post(path), scene.browser.get(path), scene.browser.get(scene.path(Act.MOVE))):
        assert again.status == 404
        assert not again.cookies
    assert AuditEvent.objects.filter(person_id=scene.ana.pk, verb="withdraw").count() == 1


def test_it_moves_once_to_a_free_time_alone() -> None:
    scene = Scene()
    path = scene.path(Act.MOVE)
    assert scene.browser.post(path, {"time": written(on(4, 3), None)}).status == 422
    assert scene.browser.post(path, {"time": "never"}).status == 422
    done = scene.browser.post(path, {"time": written(on(5, 11), None)})
    assert b"The new time is written down" in done.body
    assert Appointment.objects.get().begins_at == on(5, 11)
    assert scene.browser.post(path, {"time": written(on(6, 11), None)}).status == 404


def test_one_link_does_not_do_the_other_thing_nor_for_another() -> None:
    scene = Scene()
    cancels = scene.path()
    assert scene.browser.get(cancels.replace("/cancel/", "/move/")).status == 404
    assert scene.browser.get(cancels.replace("/cancel/", "/erase/")).status == 404
    for number in range(len("/time/cancel/"), len(cancels) - 1, 7):
        letter = "A" if cancels[number] != "A" else "B"
        assert scene.browser.get(cancels[:number] + letter + cancels[number + 1 :]).status == 404


@pytest.mark.parametrize("token", ["x", "A" * 80, "%00", "é" * 20, "=" * 40, "A" * 5000])
def test_rubbish_is_nothing(token: str) -> None:
    scene = Scene()
    for act in ("move", "cancel"):
        assert scene.browser.get(f"/time/{act}/{token}/").status == 404
        assert scene.browser.post(f"/time/{act}/{token}/").status == 404


def test_it_is_good_until_the_time_begins() -> None:
    scene = Scene()
    path = scene.path()
    with standing_at(scene.row.begins_at - timedelta(minutes=1)):
        assert scene.browser.get(path).status == 200
    with standing_at(scene.row.begins_at):
        assert scene.browser.get(path).status == 404
        assert scene.browser.post(path).status == 404


def test_it_ends_with_any_change_and_when_they_no_longer_take_part() -> None:
    scene = Scene()
    path = scene.path()
    Participant.objects.filter(person=scene.ana).update(until_at=now())
    assert scene.browser.get(path).status in (200, 404)
    Participant.objects.filter(person=scene.ana).update(until_at=None)
    cancel_appointment(actor=acting(scene.thea), appointment=scene.row, version=scene.row.version)
    assert scene.browser.get(path).status == 404


def test_another_site_cannot_press_the_button() -> None:
    scene = Scene()
    answer = scene.browser.post(scene.path(), HTTP_SEC_FETCH_SITE="cross-site")
    assert answer.status == 200
    assert Appointment.objects.get().status == "booked"


def test_late_is_said_before_and_meant() -> None:
    scene = Scene()
    the_rules(late=24 * 60, late_share=50)
    path, move = scene.path(), scene.path(Act.MOVE)
    with standing_at(scene.row.begins_at - timedelta(hours=3)):
        page = scene.browser.get(path)
        assert b"Cancelling now costs 50 in 100 of the fee" in page.body
        assert scene.browser.post(path).status == 422
        assert b"please call us" in scene.browser.get(move).body
        assert scene.browser.post(path, {"late": "on"}).status == 200
    row = Appointment.objects.get()
    assert (row.status, row.was_late) == ("cancelled", True)


def test_of_a_joint_time_each_has_a_link_of_their_own() -> None:
    a_practice()
    ana, ben, thea = a_person("Ana Ames"), a_person("Ben Bell"), a_therapist("Thea Stone")
    case = a_couple(ana, ben, lead=thea)
    together(case)
    works(thea)
    row = an_appointment(case, offers(thea, Kind.COUPLE), on(4, 9))
    tokens = {address_of(row, person.pk, Act.CANCEL) for person in (ana, ben)}
    assert len(tokens) == 2
    page = Browser().get("/time/" + address_of(row, ana.pk, Act.CANCEL).partition("/time/")[2])
    assert page.status == 200
    assert b"Ben" not in page.body
    assert b"cancelled for everybody who was to come" in page.body
    moves = "/time/" + address_of(row, ana.pk, Act.MOVE).partition("/time/")[2]
    done = Browser().post(moves, {"time": written(on(5, 11), None)})
    assert b"The new time is asked for" in done.body, (
        "nobody is told that it is set while the other was not asked"
    )
    assert b"written down" not in done.body


def test_of_a_group_one_does_not_come_and_the_page_says_no_more_than_that() -> None:
    a_practice()
    ana, thea = a_person("Ana Ames", zone="America/Toronto"), a_therapist("Thea Stone")
    case = a_group(ana, a_person("Ben Bell"), lead=thea)
    works(thea)
    row = an_appointment(case, offers(thea, Kind.GROUP, places=8), on(4, 9))
    path = "/time/" + address_of(row, ana.pk, Act.CANCEL).partition("/time/")[2]
    page, done = Browser().get(path), Browser().post(path)
    assert b"You keep your place for the next times." in page.body
    assert b"You do not come this time" in done.body
    for each in (page, done):
        assert b"ancelled" not in each.body, "it takes place without her"
        assert b"roup" not in each.body.partition(b"<main")[2].partition(b"</main>")[0]
    row.refresh_from_db()
    assert row.status == "booked"
