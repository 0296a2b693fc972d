"""Copies of one form that come in the same instant: nothing is doubled, nothing is lost, and none ends in a fault.

On SQLite one writes after the other by itself; here each copy has a connection of its own.
"""

import re
import threading
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.factories.cases import a_case, an_individual, takes_part
from tests.factories.made_up_words import install_words
from tests.factories.meeting import a_listed, profile_of
from tests.factories.people import a_person, a_practice, a_therapist, acting
from tests.factories.scheduling import TORONTO, an_appointment, offers, on, works
from tests.integration.directory.test_match_pages import SEALED
from tests.permissions.browsing import Answer, Browser

from homeport.assessments.models import Administration, OwnAdministration, OwnScore
from homeport.assessments.services.assign import assign
from homeport.assessments.services.begin import begin
from homeport.cases.models import Participant, TreatmentConsent
from homeport.directory.models import Request
from homeport.outbox.models import OutgoingMessage
from homeport.people.models import EmergencyContact
from homeport.safety.models import Alert, TriageRecord
from homeport.scheduling.links import Act, address_of
from homeport.scheduling.models import Appointment, Hold, Occupancy
from homeport.scheduling.presenters import written
from homeport.scheduling.services.hold_time import MOST_HOLDS

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
Sent = tuple[Browser, str, dict[str, Any]]


@pytest.fixture(autouse=True)
def _plain_static_names(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


class Scene:
    """Ana in care with Thea."""

    def __init__(self) -> None:
        a_practice()
        self.ana, self.thea = a_person("Ana Ames", zone=TORONTO), a_therapist("Thea Stone")
        self.case = an_individual(self.ana, lead=self.thea)
        works(self.thea)
        self.offering = offers(self.thea)


def at_once(*forms: Sent) -> list[Answer]:
    """What each of these is answered when all of them come together."""
    together, answers = threading.Barrier(len(forms)), []

    def send(browser: Browser, path: str, fields: dict[str, Any]) -> None:
        own = Browser(cookies={name: each.value for name, each in browser.cookies.items()})
        try:
            for each in connections.all():
                each.ensure_connection()
            together.wait(30)
            answers.append(own.post(path, fields))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=form) for form in forms]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert len(answers) == len(forms)
    return answers


def copies(browser: Browser, path: str, fields: dict[str, Any] | None = None) -> list[Sent]:
    return [(browser, path, fields or {})] * 4


def statuses(answers: list[Answer]) -> list[int]:
    return sorted(each.status for each in answers)


def a_secret() -> str:
    """The link of somebody who asked for a first call."""
    a_practice()
    slug = profile_of(a_listed("Grace Gale", concerns=["grief"])).slug
    page = Client().get(f"/therapists/{slug}/first-call/").content.decode()
    carried, times = SEALED.search(page), re.findall(r'name="time" value="([^"]+)"', page)
    assert carried
    said = {"words": "", "called": "Sam", "contact": "sam@example.org", "carried": carried[1]}
    assert Browser().post(f"/therapists/{slug}/first-call/", {**said, "time": times[0]}).status == 200
    letter = OutgoingMessage.objects.get()
    assert letter.words is not None
    found = re.search(r"/my-request/#(\S+)", letter.words["body"])
    assert found
    return unquote(found[1])


def test_what_a_client_sends_in_copies() -> None:
    """One test for all of it: to empty the tables after each takes longer than any of them."""
    scene = Scene()
    _answers_are_sent_and_scored_once(scene)
    _a_time_that_is_tapped_is_kept(scene)
    _nobody_keeps_more_times_at_once(scene)
    _a_time_is_cancelled_once(scene, by_link=False)
    _a_time_is_cancelled_once(scene, by_link=True)
    path, fields = reverse("emergency-contact"), {"contact_name": "Mia Ames", "contact_is": "My sister"}
    answers = at_once(*copies(Browser(scene.ana), path, fields))
    assert set(statuses(answers)) <= {303, 422}
    assert EmergencyContact.objects.get().contact_name == "Mia Ames"


def _answers_are_sent_and_scored_once(scene: Scene) -> None:
    install_words("phq-9")
    asked = assign(
        actor=acting(scene.thea), case_id=scene.case.pk, person_id=scene.ana.pk, instrument="phq-9"
    )
    begin(actor=acting(scene.ana), assignment_id=asked.pk)
    answers = at_once(*copies(Browser(scene.ana), f"/asked/{asked.pk}/send/"))
    assert statuses(answers) == [303] * 4
    assert {each.goes_to for each in answers} == {f"/asked/{asked.pk}/sent/"}
    assert OwnAdministration.objects.get().state == Administration.State.FINISHED
    assert OwnScore.objects.count() == 1


def _a_time_that_is_tapped_is_kept(scene: Scene) -> None:
    path = reverse("appointment-times", args=[scene.case.pk])
    fields = {"offering": scene.offering.pk, "time": written(on(4, 11), None)}
    assert statuses(at_once(*copies(Browser(scene.ana), path, fields))) == [303] * 4
    assert Hold.objects.count() == 1


def _nobody_keeps_more_times_at_once(scene: Scene) -> None:
    browser = Browser(scene.ana)
    path = reverse("appointment-times", args=[scene.case.pk])
    wanted = [
        (browser, path, {"offering": scene.offering.pk, "time": written(on(4, hour), None)})
        for hour in range(9, 15)
    ]
    assert statuses(at_once(*wanted)) == [303] * 6
    assert Hold.objects.count() == MOST_HOLDS
    assert Occupancy.objects.count() == MOST_HOLDS


def _a_time_is_cancelled_once(scene: Scene, *, by_link: bool) -> None:
    OutgoingMessage.objects.all().delete()
    row = an_appointment(scene.case, scene.offering, on(6, 9), subject=scene.ana)
    path = "/time/" + address_of(row, scene.ana.pk, Act.CANCEL).partition("/time/")[2]
    form = (Browser(), path) if by_link else (Browser(scene.ana), f"/appointments/{row.pk}/cancel/")
    answers = at_once(*copies(*form, {"version": row.version}))
    assert statuses(answers) == [200 if by_link else 303] * 4
    assert Appointment.objects.get(pk=row.pk).status == "cancelled"
    told = OutgoingMessage.objects.filter(to=scene.ana, kind="meeting-news").exclude(state="withdrawn")
    assert told.count() == 1


@pytest.mark.parametrize("first", ["send", "withdraw"])
def test_the_buttons_of_a_link_in_copies(first: str) -> None:
    """Pressed twice each is answered alike; a call that is sent and taken back at once ends as taken back, with its time."""
    secret = a_secret()
    done = at_once(*copies(Browser(), "/my-request/", {"secret": secret, "do": first}))
    assert statuses(done) == [200] * 4
    asked = Request.objects.get()
    assert asked.status == {"send": "sent", "withdraw": "withdrawn"}[first]
    both = [(Browser(), "/my-request/", {"secret": secret, "do": do}) for do in ("send", "withdraw")]
    assert set(statuses(at_once(*both * 3))) <= {200, 422}
    assert Request.objects.get().status == "withdrawn"
    assert not Occupancy.objects.filter(source_id=asked.pk).exists()


def test_what_a_therapist_sends_in_copies() -> None:
    scene = Scene()
    path = reverse("triage-new", args=[scene.case.pk, scene.ana.pk])
    browser = Browser(scene.thea)
    names = set(re.findall(r'name="(\w+)"', browser.get(path).body.decode())) - {"csrfmiddlewaretoken"}
    answers = at_once(*copies(browser, path, dict.fromkeys(names, "yes")))
    assert statuses(answers) == [303] * 4
    assert len({each.goes_to for each in answers}) == 1
    assert TriageRecord.objects.count() == Alert.objects.count() == 1
    teen = a_person("Teo Teal", age=15)
    case = a_case(lead=scene.thea)
    part = takes_part(case, teen, Participant.Role.ADOLESCENT)
    note = {"capacity_note": "They told me in their own words what it is."}
    answers = at_once(*copies(browser, reverse("consent-alone", args=[case.pk, part.pk]), note))
    assert statuses(answers) == [303] * 4
    assert TreatmentConsent.objects.count() == 1
