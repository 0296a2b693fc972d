"""From a question to a first appointment, in a real browser: what comes before it, and the day on which it is found."""

import re
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect
from tests.browser.test_accounts import SEND, show_result
from tests.factories.cases import a_child_case, a_couple, an_agreement
from tests.factories.directory import a_profile
from tests.factories.people import a_guardian, a_person, a_practice, a_therapist, acting
from tests.factories.screens import press_and_arrive
from tests.factories.sign_ins import PASSWORD, code_in_mail

from homeport.assessments.services.save_intake import save_intake_section
from homeport.cases.models import Participant
from homeport.content.intake import intake
from homeport.core.clock import now
from homeport.people.models import Licence, Person, Therapist
from homeport.safety.models import ViolenceScreen
from homeport.scheduling.models import Appointment, AppointmentPerson, Offering, Pattern

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
Open = Callable[..., Page]
Look = Callable[..., None]


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
    """A meeting, ``hours`` from now; at once, where it is to be soon and today ends before."""
    therapist = Therapist.objects.get(person=thea)
    offering = Offering.objects.get(therapist=therapist, kind="individual" if about else "couple")
    begins, toronto = now() + timedelta(hours=hours), ZoneInfo("America/Toronto")
    if hours < 1 and begins.astimezone(toronto).date() != now().astimezone(toronto).date():
        begins = now()
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


def test_a_guardian_speaks_for_a_small_child(as_person: Open, looked_at: Look, thea: Person) -> None:
    # Given a child of seven whose mother stands for him
    tom = a_person("Tom Tell", age=7)
    gina = a_guardian(tom, "Gina Tell")
    case = a_child_case(tom, lead=thea)
    # When she goes to the form from the page of her children
    page = as_person(gina, "/children/", width=390)
    looked_at(page, "child-form-children-390")
    page.get_by_role("link", name="Begin").click()
    looked_at(page, "child-form-brings-390")
    page.get_by_label("What worries you about the child?").fill("His uncle hits him.")
    press(page, "Keep it and go on")
    # Then she is led to help first, and goes on from there
    expect(page.get_by_role("heading", name="Thank you for saying it")).to_be_visible()
    looked_at(page, "child-form-help-390")
    page.get_by_role("link", name="Go on with the form").click()
    page.get_by_label("What would the child wish for, if they were asked?").fill("A dog.")
    press(page, "Keep it and stop for now")
    expect(page.get_by_text("Kept", exact=True)).to_have_count(2)
    looked_at(page, "child-form-before-390")
    page.context.close()
    # And the therapist reads it
    page = as_person(thea, f"/cases/{case.pk}/came-in/", width=1280, scheme="dark")
    looked_at(page, "child-form-came-in-1280")
    page.get_by_role("link", name="The form before the first session").click()
    expect(page.get_by_text("His uncle hits him.")).to_be_visible()
    expect(page.get_by_text("What Gina Tell reports.")).to_be_visible()
    looked_at(page, "child-form-read-1280")
    press(page, "I have read this")
    looked_at(page, "child-form-overview-1280")


def intake_id() -> object:
    from homeport.assessments.models import IntakeForm

    return IntakeForm.objects.get().pk


def press(page: Page, name: str) -> None:
    """A button of the page itself, and what it leads to."""
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()


def test_from_a_result_to_the_day_on_which_it_is_found(
    a_window: Open, as_person: Open, assert_accessible: Callable[[Page], None]
) -> None:
    a_practice()
    tessa = a_profile("Tessa Marlow", concerns=["relationships", "abandonment"], access=["transit"]).therapist
    open_doors(tessa)
    page = a_window(width=1280)
    come_in_with_a_result(page)
    find_somebody(page)
    # Then the therapist finds it today, and opens the case
    work = as_person(tessa.person, "/today/", width=1280)
    work.get_by_role("link", name="A wish to begin").click()
    press(work, "Yes, open a case")
    expect(work.get_by_text("You said yes")).to_be_visible()
    part = Participant.objects.get(person__name="Mara Lind")
    begin_with_everything(page, part)
    assert_accessible(page)
    page.context.close()
    # Then the therapist finds all of it on today's page, and reads it
    meets(tessa.person, part.case_id, part.person, hours=0.1)
    work.goto("/today/")
    expect(work.get_by_text("Intake not read yet", exact=False)).to_be_visible()
    expect(work.get_by_text("not signed", exact=False)).to_have_count(0)
    work.locator(".rail").get_by_role("link", name="Mara").first.click()
    expect(work.get_by_text("I wait for messages all evening.")).to_be_visible()
    press(work, "I have read this")
    expect(work.get_by_text("All that is needed is signed.")).to_be_visible()
    assert_accessible(work)


def come_in_with_a_result(page: Page) -> None:
    """Given a visitor with a result, who makes an account to keep it."""
    cache.clear()
    page.goto("/check/")
    show_result(page)
    press(page, "Make an account and keep it")
    page.fill("#email", "mara@example.org")
    page.fill("#password1", PASSWORD)
    press_and_arrive(page, SEND)
    page.fill("#code", code_in_mail())
    press_and_arrive(page, SEND)
    page.fill("#name", "Mara Lind")
    page.click(SEND)
    page.wait_for_url("**/account/")


def find_somebody(page: Page) -> None:
    """When she says what she wishes for, gets a list with reasons, and asks to begin."""
    page.goto("/home/")
    page.get_by_role("link", name="Say what you wish for").click()
    page.get_by_label("Fear of being left").check(force=True)
    for _ in range(3):
        press(page, "Next")
    press(page, "Show me who could fit")
    expect(page.get_by_role("heading", name="One person who could fit")).to_be_visible()
    expect(page.get_by_text("Why they are here")).to_be_visible()
    press(page, "I would like to begin")
    press(page, "Send it")
    expect(page.get_by_text("It is sent.")).to_be_visible()


def begin_with_everything(page: Page, part: Participant) -> None:
    """And she books a free time, signs what comes before, one next thing after the other, and fills in the form."""
    page.goto(f"/appointments/times/{part.case_id}/")
    page.get_by_role("main").locator("button[name=time]").first.click()
    press(page, "Book it")
    expect(page.get_by_text("It is booked.")).to_be_visible()
    for _ in range(3):
        page.goto(f"/before/{part.pk}/")
        page.get_by_role("main").get_by_role("link", name="Read and sign", exact=True).click()
        press(page, "I agree, and I sign")
        expect(page.get_by_text("Signed. Thank you.")).to_be_visible()
    page.goto(f"/before/{part.pk}/questions/brings/")
    page.get_by_label("What brings you here now?").fill("I wait for messages all evening.")
    for _ in intake().sections:
        press(page, "Keep it and go on")
    expect(page.get_by_role("heading", name="Before we begin")).to_be_visible()
    expect(page.get_by_role("link", name="A set of questions about how you are")).to_be_visible()


def test_two_partners_answer_apart_and_meet_by_decision_alone(as_person: Open, thea: Person) -> None:
    # Given a couple, asked about home alike
    ana, ben = a_person("Ana Ames", age=34), a_person("Ben Bell", age=36)
    case = a_couple(ana, ben, lead=thea)
    work = as_person(thea, f"/cases/{case.pk}/before/", width=1280)
    press(work, "Ask everybody about home now")
    hers = as_person(ana, "/questions/")
    his = as_person(ben, before(ben))
    page_before = his.content()
    # When she, alone, says that she is afraid
    hers.get_by_label("I am alone").check()
    hers.get_by_role("main").get_by_role("button").first.click()
    hers.locator("input[name=afraid][value=yes]").check()
    hers.get_by_role("main").get_by_role("button").first.click()
    hers.wait_for_url("**/home/")
    # Then nothing of it is on his page, and a joint appointment is no nearer, for either
    his.reload()
    assert without_tokens(his.content()) == without_tokens(page_before)
    for page in (hers, his):
        page.goto(f"/appointments/times/{case.pk}/")
        assert "couple" not in page.get_by_role("main").inner_text().casefold()
    assert ViolenceScreen.objects.get(author_id=ana.pk).answered_at is not None
    # When the therapist has decided, both read the same sentence
    work.goto(f"/cases/{case.pk}/before/")
    work.get_by_label("Individual meetings first").check()
    press(work, "Decide so")
    expect(work.get_by_text("Everybody in the case reads the same.")).to_be_visible()
    for page, person in ((hers, ana), (his, ben)):
        page.goto(before(person))
        expect(page.get_by_text("Individual meetings first are our standard.")).to_be_visible()


def without_tokens(html: str) -> str:
    """A page without the token that each form carries."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html)


def open_doors(therapist: Therapist) -> None:
    """Meetings for one person, on every day of the week."""
    Offering.objects.create(therapist=therapist, kind="individual", way="video", minutes=50)
    for weekday in range(7):
        Pattern.objects.create(
            therapist=therapist, weekday=weekday, begins=8 * 60, ends=18 * 60, zone="America/Toronto",
            from_day=now().date(),
        )  # fmt: skip
