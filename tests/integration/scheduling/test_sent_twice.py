"""A form that is sent twice books, moves, joins and waits once, and is answered the second time as it was the first."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from tests.factories.cases import an_individual
from tests.factories.people import a_person, a_practice, a_therapist, acting
from tests.factories.scheduling import TORONTO, an_appointment, offers, on, works
from tests.integration.scheduling.test_groups import Scene as Groups
from tests.permissions.browsing import Answer, Browser

from homeport.cases.models import Case, Participant
from homeport.outbox.models import OutgoingMessage
from homeport.people.models import Person
from homeport.scheduling.models import Appointment, Group, Hold, Series, Waiting
from homeport.scheduling.presenters import written
from homeport.scheduling.services.cancel_appointment import cancel_appointment

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TAKEN = b"no longer kept for you"


class Scene:
    """Thea treats Ana and Olga."""

    def __init__(self) -> None:
        a_practice()
        self.ana, self.olga = a_person("Ana Ames", zone=TORONTO), a_person("Olga Orr", zone=TORONTO)
        self.thea = a_therapist("Thea Stone")
        Person.objects.filter(pk=self.thea.pk).update(zone=TORONTO)
        works(self.thea)
        self.offering = offers(self.thea)
        self.case, self.other = (an_individual(one, lead=self.thea) for one in (self.ana, self.olga))

    def form(self, **more: Any) -> dict[str, Any]:
        """As the therapist's page sends it."""
        day = f"{on(7, 9).astimezone(ZoneInfo(TORONTO)):%Y-%m-%d}"
        return {
            "offering": str(self.offering.pk), "person": str(self.ana.pk), "first": day, "time": "09:00",
            "repeats": "once", "every": "1", **more,
        }  # fmt: skip


def twice(who: Person, path: str, fields: dict[str, Any] | None = None) -> list[Answer]:
    """The same body two times; both are answered alike."""
    browser = Browser(who)
    answers = [browser.post(path, fields or {}) for _ in range(2)]
    assert [each.status for each in answers] == [303, 303], answers[1].body
    assert answers[0].goes_to == answers[1].goes_to
    return answers


def letters(to: Person) -> int:
    return OutgoingMessage.objects.filter(to=to, kind="meeting-news").exclude(state="withdrawn").count()


def test_a_time_pressed_and_booked_twice_is_one_and_says_so() -> None:
    scene = Scene()
    browser = Browser(scene.ana)
    fields = {"offering": str(scene.offering.pk), "time": written(on(4, 11), None)}
    for _ in range(2):
        kept = browser.post(reverse("appointment-times", args=[scene.case.pk]), fields)
        assert kept.status == 303
    assert Hold.objects.count() == 1
    answers = twice(scene.ana, kept.goes_to)
    assert Appointment.objects.count() == 1
    assert letters(scene.ana) == 1
    shown = browser.get(answers[1].goes_to).body
    assert TAKEN not in shown
    assert browser.get(kept.goes_to).goes_to == answers[0].goes_to, "also for who goes back in the browser"
    assert Browser(scene.olga).post(kept.goes_to).status == 404
    row = Appointment.objects.get()
    cancel_appointment(actor=acting(scene.ana), appointment=row, version=row.version)
    assert browser.post(kept.goes_to).goes_to != answers[0].goes_to, "what was cancelled is not booked"


def test_a_time_that_the_practice_books_twice_is_one() -> None:
    scene = Scene()
    twice(scene.thea, reverse("book", args=[scene.case.pk]), scene.form())
    assert Appointment.objects.count() == 1
    assert letters(scene.ana) == 1
    other = scene.form(person=str(scene.olga.pk))
    refused = Browser(scene.thea).post(reverse("book", args=[scene.other.pk]), other)
    assert refused.status == 422, "somebody else's is another one"


@pytest.mark.parametrize("skip", [{}, {"skip_taken": "on"}])
def test_a_series_that_is_booked_twice_is_one(skip: dict[str, str]) -> None:
    scene = Scene()
    if skip:
        an_appointment(scene.other, scene.offering, on(14, 9), subject=scene.olga)
    fields = scene.form(repeats="weeks", count="3", **skip)
    twice(scene.thea, reverse("book", args=[scene.case.pk]), fields)
    assert Series.objects.count() == 1
    assert Appointment.objects.filter(subject_id=scene.ana.pk).count() == (2 if skip else 3)
    assert letters(scene.ana) == 1
    longer = Browser(scene.thea).post(
        reverse("book", args=[scene.case.pk]), fields | {"count": "4", "skip_taken": ""}
    )
    assert longer.status == 422, "another rule is another series"


def test_a_move_that_is_sent_twice_moves_once() -> None:
    scene = Scene()
    row = an_appointment(scene.case, scene.offering, on(5, 9), subject=scene.ana)
    fields = {"time": written(on(6, 10), None), "version": row.version}
    twice(scene.ana, reverse("appointment-move", args=[row.pk]), fields)
    row.refresh_from_db()
    assert (row.begins_at, row.changes) == (on(6, 10), 1)
    elsewhere = Browser(scene.ana).post(
        reverse("appointment-move", args=[row.pk]), fields | {"time": written(on(6, 12), None)}
    )
    assert elsewhere.status == 422, "to another time from an old page it is not moved"


def test_who_waits_for_a_time_twice_waits_once() -> None:
    scene = Scene()
    fields = {
        "offering": str(scene.offering.pk),
        "weekdays": "1",
        "not_before": "09:00",
        "not_after": "12:00",
    }
    twice(scene.ana, reverse("appointment-wait", args=[scene.case.pk]), fields)
    assert Waiting.objects.count() == 1


def test_a_place_in_a_group_is_taken_waited_for_given_and_given_back_once() -> None:
    scene = Groups(places=2)
    case_id = scene.group.case_id
    twice(scene.ana, f"/groups/{scene.group.pk}/join/")
    twice(scene.thea, reverse("group-place", args=[scene.group.pk]), {"person": str(scene.ben.pk)})
    assert Participant.objects.filter(case_id=case_id, until_at=None).count() == 2
    twice(scene.cleo, f"/groups/{scene.group.pk}/wait/")
    assert Waiting.objects.count() == 1
    twice(scene.ana, f"/groups/{scene.group.pk}/leave/")
    twice(scene.thea, reverse("group-end", args=[scene.group.pk, scene.ben.pk]))
    assert not Participant.objects.filter(case_id=case_id, until_at=None).exists()
    assert Browser(scene.cleo).post(f"/groups/{scene.group.pk}/leave/").status == 404, "who never had one"


def test_a_group_that_is_opened_twice_is_one() -> None:
    scene = Groups()
    fields = {"offering": str(scene.offering.pk), "name": "Morning group", "about": "", "places": "6"}
    before = Case.objects.count()
    twice(scene.thea, reverse("group-add"), fields)
    assert Group.objects.filter(name="Morning group").count() == 1
    assert Case.objects.count() == before + 1
    assert Browser(scene.thea).post(reverse("group-add"), fields | {"places": "5"}).status == 303
    assert Group.objects.filter(name="Morning group").count() == 2
