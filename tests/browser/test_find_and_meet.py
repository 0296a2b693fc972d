"""From a question to a first appointment, in a real browser: what comes before it, and the day on which it is found."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.factories.cases import a_child_case, a_couple, an_agreement
from tests.factories.people import a_guardian, a_person, a_practice, a_therapist, acting
from tests.factories.signing_in import signed_in

from homeport.assessments.services.save_intake import save_intake_section
from homeport.cases.models import Participant
from homeport.content.intake import intake
from homeport.core.clock import now
from homeport.people.models import Licence, Person, Therapist
from homeport.scheduling.models import Appointment, AppointmentPerson, Offering

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
Open = Callable[..., Page]
Look = Callable[..., None]


@pytest.fixture
def as_person(site: str, browser: Browser) -> Iterator[Open]:
    """Opens a page in the browser of somebody who is signed in; at the end nothing may have complained."""
    opened: list[tuple[BrowserContext, list[str]]] = []

    def open_page(person: Person, path: str, *, width: int = 390, scheme: str = "light") -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 860},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            locale="en-CA",
        )
        cookies = signed_in(person).cookies
        context.add_cookies(
            [{"name": name, "value": each.value, "url": site} for name, each in cookies.items()]
        )
        context.set_default_timeout(30_000)
        complaints: list[str] = []
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        opened.append((context, complaints))
        page.goto(path)
        return page

    yield open_page
    for context, complaints in opened:
        context.close()
        assert not [text for text in complaints if "the server responded with a status of" not in text]


@pytest.fixture
def looked_at(assert_accessible: Callable[[Page], None], picture: Callable[..., None]) -> Look:
    """axe finds nothing, nothing scrolls sideways, and the page can be drawn."""

    def look(page: Page, name: str) -> None:
        assert_accessible(page)
        picture(page, name, full=True)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name}: {wide} pixels stick out"

    return look


@pytest.fixture
def thea() -> Person:
    a_practice()
    thea = a_therapist("Thea Stone")
    therapist = Therapist.objects.get(person=thea)
    for kind in ("individual", "couple"):
        Offering.objects.create(therapist=therapist, kind=kind, way="video", minutes=50, places=2)
    Licence.objects.filter(therapist=therapist).update(expires_on=now().date() + timedelta(days=30))
    return thea


def meets(thea: Person, case_id: object, about: Person | None, *, hours: float) -> Appointment:
    """A meeting, ``hours`` from now."""
    therapist = Therapist.objects.get(person=thea)
    offering = Offering.objects.get(therapist=therapist, kind="individual" if about else "couple")
    begins = now() + timedelta(hours=hours)
    made = Appointment.objects.create(
        case_id=case_id, subject_id=about.pk if about else None, author_id=thea.pk, therapist=therapist,
        offering=offering, kind=offering.kind, way="video", begins_at=begins,
        ends_at=begins + timedelta(minutes=50), zone="America/Toronto",
    )  # fmt: skip
    if about:
        AppointmentPerson.objects.create(appointment=made, person=about, consent="yes")
    return made


def before(person: Person, rest: str = "") -> str:
    return f"/before/{Participant.objects.get(person=person).pk}/{rest}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_for_everybody(as_person: Open, looked_at: Look, thea: Person, scheme: str) -> None:
    # Given a couple that begins, a child whose mother signs, and a therapist with a day
    ana, ben = a_person("Ana Ames", age=34), a_person("Ben Bell", age=36)
    tia = a_person("Tia Tell", age=11)
    mother, couple = a_guardian(tia, "Gina Tell"), a_couple(ana, ben, lead=thea)
    child = a_child_case(tia, lead=thea)
    an_agreement(couple)
    for about, hours in ((ana, 0.2), (ben, 26)):
        meets(thea, couple.pk, about, hours=hours)
    meets(thea, child.pk, tia, hours=1.5)
    save_intake_section(
        actor=acting(ana), case_id=couple.pk, asked=intake(), section_id="history",
        answers={"earlier": ["moved"], "now": ["violence"]}, version=None,
    )  # fmt: skip
    form = f"/intakes/{intake_id()}/"
    # When each of them looks at their pages, narrow and wide
    pages = [
        (ana, "/home/", "home"),
        (ana, before(ana), "before"),
        (ana, before(ana, "texts/treatment/"), "text"),
        (ana, before(ana, "questions/brings/"), "brings"),
        (ana, before(ana, "questions/about/"), "about"),
        (ana, before(ana, "questions/history/now/"), "private-way"),
        (mother, "/children/", "children"),
        (thea, "/today/", "today"),
        (thea, f"/cases/{couple.pk}/before/", "overview"),
        (thea, form, "intake"),
    ]
    # Then nothing keeps anybody out
    for width in (390, 1280):
        for person, path, name in pages:
            page = as_person(person, path, width=width, scheme=scheme)
            looked_at(page, f"beginnings-{name}-{width}-{scheme}")
            page.context.close()


def intake_id() -> object:
    from homeport.assessments.models import IntakeForm

    return IntakeForm.objects.get().pk
