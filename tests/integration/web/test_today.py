"""The day of whoever works on cases, and the bar that leads there."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories.cases import a_colleague_on, a_couple, an_individual
from tests.factories.people import (
    a_guardian,
    a_person,
    a_practice,
    a_supervisor,
    a_therapist,
    acting,
    someone_with,
)
from tests.factories.queries import exactly
from tests.factories.signing_in import signed_in

from homeport.assessments.services.save_intake import save_intake_section
from homeport.audit.models import AuditEvent
from homeport.cases.models import Case
from homeport.content.intake import intake
from homeport.core.clock import now
from homeport.encounters.services.write_note import write_note
from homeport.people.models import Licence, Person, Role, Therapist
from homeport.scheduling.models import Appointment, AppointmentPerson, Offering

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
# Behind the clock of any database: on PostgreSQL the second wall asks that one what holds.
NOON = datetime.fromisoformat("2026-04-06T16:00:00+00:00")


def an_appointment(
    case: Case, thea: Person, about: Person | None, *, hours: float = 1, **more: object
) -> Appointment:
    """One meeting, ``hours`` from now."""
    therapist = Therapist.objects.get(person=thea)
    offering, _ = Offering.objects.get_or_create(
        therapist=therapist, kind="individual" if about else "couple", way="video", defaults={"minutes": 50}
    )
    begins = now() + timedelta(hours=hours)
    made = Appointment.objects.create(
        case_id=case.pk, subject_id=about.pk if about else None, author_id=thea.pk, therapist=therapist,
        offering=offering, kind=offering.kind, way="video", begins_at=begins,
        ends_at=begins + timedelta(minutes=50), zone="UTC", **more,
    )  # fmt: skip
    for part in case.participants.filter(**({"person": about} if about else {})):
        AppointmentPerson.objects.create(appointment=made, person=part.person, consent="yes")
    return made


def page(person: Person, path: str) -> str:
    return unescape(signed_in(person).get(path).content.decode())


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """It is noon in Toronto, before anybody is there."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def thea(noon: None) -> Person:
    a_practice()
    return a_therapist("Thea Stone")


def test_the_day_shows_who_comes_and_what_is_missing(thea: Person) -> None:
    ana, ben, olga = a_person("Ana Ames", age=30), a_person("Ben Bell", age=31), a_person("Olga Orr", age=40)
    couple, alone = a_couple(ana, ben, lead=thea), an_individual(olga, lead=thea)
    an_appointment(couple, thea, None)
    an_appointment(alone, thea, olga, hours=3)
    an_appointment(alone, thea, olga, hours=30)
    an_appointment(alone, thea, olga, hours=2, status="cancelled", cancelled_at=now())
    save_intake_section(
        actor=acting(olga), case_id=alone.pk, asked=intake(), section_id="goals", answers={}, version=None
    )
    write_note(actor=acting(thea), case_id=alone.pk, subject_id=olga.pk, words="Draft.")
    shown = page(thea, "/today/")
    for words in (
        "Monday, 6 April", "Ana Ames", " and ", "Ben Bell", "Couple", "2 sessions to come, 1 note to sign.",
        "6 texts not signed", "No intake yet", "Intake not read yet", "Came in", "To sign",
    ):  # fmt: skip
        assert words in shown, words
    assert shown.count('class="hour"') == 2
    assert "No appointment today." in page(a_therapist(), "/today/")


@pytest.mark.parametrize("path", ["/today/", "/home/"])
def test_each_note_to_sign_says_what_it_is_and_with_whom(thea: Person, path: str) -> None:
    ana, ben, olga, gus = (
        a_person(name, age=30) for name in ("Ana Ames", "Ben Bell", "Olga Orr", "Gus Gale")
    )
    couple, alone = a_couple(ana, ben, lead=thea), an_individual(olga, lead=thea)
    former = an_individual(gus, lead=thea)
    for case, about in ((couple, None), (couple, ben), (alone, olga), (former, gus)):
        write_note(
            actor=acting(thea), case_id=case.pk, subject_id=about.pk if about else None, words="Draft."
        )
    former.participants.update(until_at=now())
    shown = page(thea, path)
    listed = shown[shown.index("o sign</h") :].split("</ul>")[0]
    at = "6 April 2026, 12:00"
    found = re.findall(r'<a href="[^"]*">([^<]*)</a><span class="small[^"]*">([^<]*)<', listed)
    assert {(*sorted(names.split(", ")), what) for names, what in found} == {
        ("Gus Gale", f"Session note · {at}"),
        ("Olga Orr", f"Session note · {at}"),
        ("Ben Bell", f"Session note · {at}"),
        ("Ana Ames", "Ben Bell", f"Note of a joint session · {at}"),
    }
    ended = a_colleague_on(couple, a_therapist("Otto Oak"))
    assert "Session note" not in page(ended, path), "a draft is listed for its author alone"


def test_many_notes_to_sign_cost_what_one_does(thea: Person) -> None:
    # What is read; that a note was seen is written down note by note.
    browser, costs = signed_in(thea), []
    for path in ("/today/", "/home/"):
        browser.get(path)
        for number in (1, 5):
            for _ in range(number):
                case = a_couple(a_person(age=30), a_person(age=30), lead=thea)
                write_note(actor=acting(thea), case_id=case.pk, subject_id=None, words="Draft.")
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(path).status_code == 200
            reads = [q for q in asked.captured_queries if str(q["sql"]).startswith("SELECT")]
            costs.append(len(reads))
    assert costs[0] == costs[1]
    assert costs[2] == costs[3]


def test_an_alert_comes_first_and_a_licence_that_ends_is_said(thea: Person) -> None:
    olga = a_person("Olga Orr", age=40)
    case = an_individual(olga, lead=thea)
    Licence.objects.filter(therapist__person=thea).update(
        expires_on=timezone.localdate() + timedelta(days=20)
    )
    save_intake_section(
        actor=acting(olga), case_id=case.pk, asked=intake(), section_id="history",
        answers={"now": ["violence"]}, version=None,
    )  # fmt: skip
    shown = page(thea, "/today/")
    assert "One alert to look at" in shown
    assert "something to look at first" in shown
    assert "ends on 26 April 2026" in shown
    assert "One alert to look at" not in page(a_therapist(), "/today/")


def test_a_full_day_costs_what_an_empty_one_does(thea: Person) -> None:
    browser = signed_in(thea)
    clients = [a_person(age=30) for _ in range(2)]
    costs = []
    for number in (1, 6):
        for _ in range(number):
            case = an_individual(a_person(age=30), lead=thea)
            an_appointment(case, thea, case.participants.get().person, hours=0.5)
            person = case.participants.get().person
            save_intake_section(
                actor=acting(person),
                case_id=case.pk,
                asked=intake(),
                section_id="goals",
                answers={},
                version=None,
            )
        browser.get("/today/")
        with exactly(19):
            costs.append(browser.get("/today/").status_code)
    assert costs == [200, 200]
    assert clients
    assert AuditEvent.objects.filter(material="today").count() == 4, "one event a page"


def test_who_works_on_no_case_has_no_day_here(thea: Person) -> None:
    for person in (
        a_person(),
        someone_with(Role.MANAGER),
        someone_with(Role.DESK),
        someone_with(Role.RESEARCHER),
    ):
        assert signed_in(person).get("/today/").status_code == 404
    assert "Today" in page(a_supervisor(thea), "/today/")


def test_the_bar_has_what_ones_roles_open(thea: Person) -> None:
    tia = a_person(age=10)
    case = an_individual(lead=thea)
    entries = {
        thea: {"Today", "Cases", "Week", "Requests"},
        someone_with(Role.MANAGER): {"Practice", "The day"},
        someone_with(Role.INTAKE): {"Invitations", "Requests"},
        someone_with(Role.DESK): {"The day"},
        a_supervisor(thea): {"Today", "Cases"},
        case.participants.get().person: {"Appointments"},
        a_person(): set(),
    }
    everything = set().union(*entries.values()) | {"Children"}
    for person, wanted in entries.items():
        bar = page(person, "/home/").partition("</nav>")[0]
        assert {each for each in everything if f">{each}</a>" in bar} == wanted
        assert ">Mine</a>" in bar
    from tests.factories.cases import a_child_case

    mother = a_guardian(tia)
    a_child_case(tia, lead=thea)
    assert ">Children</a>" in page(mother, "/home/").partition("</nav>")[0]


def test_home_has_one_next_thing_and_the_next_appointment(thea: Person) -> None:
    ana = a_person("Ana Ames", age=30)
    case = an_individual(ana, lead=thea)
    an_appointment(case, thea, ana, hours=30)
    an_appointment(case, thea, ana, hours=-30)
    shown = page(ana, "/home/")
    assert shown.count('class="next-up"') == 1
    assert "3 texts to read and sign" in shown
    assert "A form before your first meeting" in shown
    assert shown.count("With Thea Stone · ") == 1
