"""Days off with something booked in them: one button closes them, cancels what is ticked and writes to who was to come."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from tests.factories.cases import a_couple, an_individual
from tests.factories.people import a_person, a_practice, a_therapist, someone_with
from tests.factories.scheduling import TORONTO, Kind, an_appointment, offers, on, together, works
from tests.permissions.browsing import Answer, Browser

from homeport.outbox.models import OutgoingMessage
from homeport.people.models import Person, Role, Therapist
from homeport.people.offers import Format
from homeport.scheduling.models import Appointment, Away, Waiting
from homeport.scheduling.selectors import free_times

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Scene:
    """Thea has Ana at ten, and Ana with Ben at two, in three days; Zoe stands for a colleague with a day of her own."""

    def __init__(self) -> None:
        a_practice()
        self.ana, self.ben = a_person("Ana Ames", zone=TORONTO), a_person("Ben Ames", zone=TORONTO)
        self.thea, self.zoe = a_therapist("Thea Stone"), a_therapist("Zoe Moss")
        Person.objects.filter(pk__in=[self.thea.pk, self.zoe.pk]).update(zone=TORONTO)
        for each in (self.thea, self.zoe):
            works(each)
        alone, both = offers(self.thea), offers(self.thea, Kind.COUPLE, Format.VIDEO)
        couple = a_couple(self.ana, self.ben, lead=self.thea)
        together(couple)
        self.alone = an_appointment(
            an_individual(self.ana, lead=self.thea), alone, on(3, 10), subject=self.ana
        )
        self.both = an_appointment(couple, both, on(3, 14))
        olga = a_person("Olga Orr", zone=TORONTO)
        self.elsewhere = an_appointment(
            an_individual(olga, lead=self.zoe), offers(self.zoe), on(3, 11), subject=olga
        )
        self.day: date = on(3, 10).astimezone(ZoneInfo(TORONTO)).date()
        self.therapist = Therapist.objects.get(person=self.thea)
        OutgoingMessage.objects.all().delete()

    @property
    def shown(self) -> list[str]:
        """What the page names of Thea's day, as the form sends it back."""
        return [f"{one.pk}:{one.version}" for one in Appointment.objects.filter(therapist=self.therapist)]

    def closes(self, by: Person, path: str = "", **more: object) -> Answer:
        """As the form sends it."""
        fields = {"from_on": self.day.isoformat(), "until_on": self.day.isoformat(), "shown": self.shown}
        return Browser(by).post(path or reverse("away"), {**fields, **more})


def left() -> set[object]:
    """What still takes place."""
    return set(Appointment.objects.exclude(status="cancelled").values_list("pk", flat=True))


def test_the_page_names_what_is_booked_and_one_button_does_all_of_it() -> None:
    scene = Scene()
    page = Browser(scene.thea).get(f"{reverse('away')}?day={scene.day}")
    assert page.status == 200
    assert b"Ana" in page.body
    assert page.body.count(b'name="off"') == page.body.count(b" checked") == 2
    answer = scene.closes(scene.thea, off=[str(scene.alone.pk), str(scene.both.pk)])
    assert answer.status == 303
    assert left() == {scene.elsewhere.pk}
    assert Away.objects.get().therapist == scene.therapist
    told = OutgoingMessage.objects.filter(kind="meeting-news").exclude(state="withdrawn")
    assert sorted(each.to.name for each in told if each.to) == ["Ana Ames", "Ana Ames", "Ben Ames"]
    for each in told:
        assert each.words is not None
        assert "does not take place" in each.words["body"]
        assert "Thea" not in each.words["body"]
        assert "ill" not in each.words["body"].split()


def test_what_is_not_ticked_stays() -> None:
    scene = Scene()
    assert scene.closes(scene.thea, off=[str(scene.both.pk)]).status == 303
    assert left() == {scene.alone.pk, scene.elsewhere.pk}


def test_nothing_happens_to_what_was_not_on_the_page() -> None:
    scene = Scene()
    seen = scene.shown[:1]
    answer = scene.closes(scene.thea, shown=seen, off=[str(scene.alone.pk)])
    assert answer.status == 422
    assert b"Nothing has happened yet" in answer.body
    assert len(left()) == 3
    assert not Away.objects.exists()


def test_a_time_that_comes_free_in_closed_days_is_offered_to_nobody() -> None:
    scene = Scene()
    olga = Person.objects.get(name="Olga Orr")
    case = olga.participations.get().case
    Waiting.objects.create(
        therapist=scene.therapist, person=olga, case_id=case.pk, kind=Kind.INDIVIDUAL, zone=TORONTO
    )
    assert scene.closes(scene.thea, off=[str(scene.alone.pk)]).status == 303
    begins = scene.alone.begins_at
    times = free_times(
        [scene.therapist.pk], offering_kind=Kind.INDIVIDUAL, from_at=begins, until_at=begins + timedelta(minutes=1),
        by_practice=True,
    )  # fmt: skip
    assert times[scene.therapist.pk] == []


def test_the_desk_does_it_for_somebody_who_is_ill_and_reads_neither_who_nor_why() -> None:
    scene = Scene()
    desk = someone_with(Role.DESK)
    path = f"/desk/away/{scene.therapist.pk}/"
    page = Browser(desk).get(f"{path}?day={scene.day}")
    assert page.status == 200
    assert b"Thea Stone" in page.body
    assert b"Ana" not in page.body
    assert b"Couple" not in page.body
    answer = scene.closes(desk, path, off=[str(scene.alone.pk), str(scene.both.pk)])
    assert answer.status == 303
    assert left() == {scene.elsewhere.pk}
    assert OutgoingMessage.objects.filter(to=scene.thea).exists(), "whose day it was is told too"


def test_nobody_closes_the_days_of_a_colleague() -> None:
    scene = Scene()
    assert scene.closes(scene.zoe, f"/desk/away/{scene.therapist.pk}/").status == 404
    scene.closes(scene.zoe, off=[str(scene.alone.pk)], shown=[])
    assert scene.alone.pk in left()


def holiday(scene: Scene, by: Person, **more: object) -> Answer:
    """A holiday of one day, as the form sends it."""
    day = scene.day.isoformat()
    return Browser(by).post(
        reverse("holidays"), {"name": "Family Day", "from_on": day, "until_on": day, **more}
    )


def test_a_holiday_names_what_is_booked_with_everybody_and_one_button_cancels_it() -> None:
    scene, manager = Scene(), someone_with(Role.MANAGER)
    asked = holiday(scene, manager)
    assert asked.status == 422
    assert b"Nothing has happened yet" in asked.body
    assert asked.body.count(b'name="off"') == 3
    for name in (b"Thea Stone", b"Zoe Moss"):
        assert name in asked.body
    for name in (b"Ana", b"Ben", b"Olga", b"Couple"):
        assert name not in asked.body, "neither who comes nor why"
    assert not Away.objects.exists()
    every = list(Appointment.objects.all())
    shown = [f"{one.pk}:{one.version}" for one in every]
    done = holiday(scene, manager, shown=shown, off=[str(one.pk) for one in every])
    assert done.status == 303
    assert left() == set()
    closed = Away.objects.get()
    assert (closed.therapist, closed.name) == (None, "Family Day")
    told = OutgoingMessage.objects.filter(kind="meeting-news").exclude(state="withdrawn")
    assert sorted(each.to.name for each in told if each.to) == [
        "Ana Ames", "Ana Ames", "Ben Ames", "Olga Orr", "Thea Stone", "Thea Stone", "Zoe Moss",
    ]  # fmt: skip


def test_on_a_holiday_what_is_not_ticked_stays_and_what_was_not_shown_too() -> None:
    scene, manager = Scene(), someone_with(Role.MANAGER)
    assert holiday(scene, manager, shown=scene.shown, off=[str(scene.alone.pk)]).status == 422
    assert len(left()) == 3
    shown = [f"{one.pk}:{one.version}" for one in Appointment.objects.all()]
    assert holiday(scene, manager, shown=shown, off=[str(scene.elsewhere.pk)]).status == 303
    assert left() == {scene.alone.pk, scene.both.pk}
    assert Away.objects.count() == 1


def test_only_the_manager_closes_the_practice() -> None:
    scene = Scene()
    shown = [f"{one.pk}:{one.version}" for one in Appointment.objects.all()]
    for who in (scene.thea, someone_with(Role.DESK), scene.ana):
        assert holiday(scene, who, shown=shown, off=[str(scene.alone.pk)]).status == 404
    assert len(left()) == 3
