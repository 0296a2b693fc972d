"""One's own appointments: found, booked, moved, cancelled, agreed to."""

import re

import pytest
from tests.factories.cases import an_individual
from tests.factories.people import a_person, a_practice, a_therapist
from tests.factories.scheduling import offers, works
from tests.permissions.browsing import Browser

from homeport.scheduling.models import Appointment, Hold

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Scene:
    """Ana in care with Thea, who works every day from nine to five, by video."""

    def __init__(self) -> None:
        a_practice()
        self.ana, self.thea = a_person("Ana Ames", zone="America/Toronto"), a_therapist("Thea Stone")
        self.case = an_individual(self.ana, lead=self.thea)
        self.offering = offers(self.thea, price=12000, currency="CAD")
        works(self.thea)
        self.browser = Browser(self.ana)
        self.times = f"/appointments/times/{self.case.pk}/"


def first_time(body: bytes) -> str:
    """The first free time that the page offers."""
    found = re.search(rb'name="time" value="([^"]+)"', body)
    assert found, body.decode()
    return found.group(1).decode()


def test_a_free_time_is_kept_looked_at_and_booked() -> None:
    scene = Scene()
    page = scene.browser.get(scene.times)
    assert page.status == 200
    kept = scene.browser.post(scene.times, {"time": first_time(page.body), "offering": scene.offering.pk})
    assert kept.status == 303
    look = scene.browser.get(kept.goes_to)
    assert b"120 CAD" in look.body
    assert b"24 hours before" in look.body, "the late window is said before anything is pressed"
    done = scene.browser.post(kept.goes_to)
    made = Appointment.objects.get()
    assert done.goes_to == f"/appointments/{made.pk}/"
    assert made.subject_id == scene.ana.pk
    assert not Hold.objects.exists()
    assert b"Thea Stone" in scene.browser.get(done.goes_to).body
    assert b"Thea Stone" in scene.browser.get("/appointments/").body
