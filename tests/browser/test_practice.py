"""Running a practice in a real browser: its first start, every page at two widths, and coming in by a link."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests.factories import accounts, cases, people
from tests.factories.screens import too_wide

from homeport.cases.models import GuardianNarrowing, Participant
from homeport.cases.services.consent_to_treatment import consent_as_guardian
from homeport.cases.services.narrow_guardian import narrow_guardian
from homeport.core.clock import today
from homeport.people.models import Guardianship, Invitation, Person, Practice, Role, RoleHolding, Therapist
from homeport.people.services.invite import invite
from homeport.people.services.keep_emergency_contact import Contact, keep_emergency_contact, say_where
from homeport.people.services.keep_licence import add_licence
from homeport.people.services.keep_will import write_will
from homeport.people.services.send_invitation import link_to
from homeport.people.set_up_code import set_up_code

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
Open = Callable[..., Page]
MANAGERS = [
    "practice", "practice-settings", "practice-words", "staff", "invitations", "invite", "licences", "supervision",
    "covers", "wills", "back-in",
]  # fmt: skip
THERAPISTS = [
    "work",
    "offer",
    "own-licences",
    "own-cover",
    "own-will",
    "case-open",
    "emergency-contact",
    "where-i-am",
]


@pytest.fixture
def mona() -> Person:
    """A practice in the middle of its life, and its manager."""
    people.a_practice()
    mona = people.a_manager("Mona Manager")
    thea, theo = people.a_therapist("Thea Therapist"), people.a_therapist("Theo Brandt")
    people.a_supervisor(thea, theo, name="Sunniva Supervisor")
    people.a_cover(thea, people.a_person("Otto Outside"), practice_of_by="River Practice")
    people.someone_with(Role.DESK, Role.BILLER, name="Dora Desk")
    add_licence(
        actor=people.acting(theo), therapist=Therapist.objects.get(person=theo), jurisdiction="CA-QC",
        body="Ordre des psychologues", number="QC-774", expires_on=today() + timedelta(days=40),
    )  # fmt: skip
    write_will(
        actor=people.acting(thea), therapist=thea, executor_name="Olive Brown", executor_email="olive@example.org",
        wishes="My papers are in the blue box.", version=None,
    )  # fmt: skip
    invite(actor=people.acting(mona), email="new@example.org", roles=[Role.THERAPIST], name="Nina New")
    return mona


@pytest.fixture
def thea(mona: Person) -> Person:
    """One of its therapists."""
    assert mona
    return Person.objects.get(name="Thea Therapist")


@pytest.fixture
def teen(thea: Person) -> Participant:
    """Somebody in whose care there is everything that can be: guardians of every kind, consent, less for one."""
    lena = people.a_person("Lena Marlow", age=13)
    mia = people.a_guardian(lena, "Mia Marlow")
    paul = people.a_guardian(lena, "Paul Marlow")
    people.a_guardian(
        lena, "Fay Foster", kind=Guardianship.Kind.FOSTER_CARER, legal_authority=False, verified=False
    )
    case = cases.a_child_case(lena, lead=thea, caregivers=(mia,))
    part = case.participants.get(person=lena)
    consent_as_guardian(actor=people.acting(thea), participant=part, guardian=mia)
    narrow_guardian(
        actor=people.acting(thea), participant=part, guardian=paul, hides=GuardianNarrowing.Hides.EVERYTHING,
        reason="He reads her messages, and shouts about what he finds.",
    )  # fmt: skip
    kept = keep_emergency_contact(
        actor=people.acting(lena),
        person=lena,
        contact=Contact("Rosa Lind", "416 555 0100", "aunt"),
        version=None,
    )
    say_where(
        actor=people.acting(lena),
        person=lena,
        location="12 Wharf Lane, door at the back",
        version=kept.version,
    )
    return part


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "light"), (390, "dark")])
def test_a_managers_pages(
    as_person: Open, mona: Person, assert_accessible: Any, picture: Any, width: int, scheme: str
) -> None:
    staff = reverse("staff-member", args=[Person.objects.get(name="Theo Brandt").pk])
    page = as_person(mona, reverse("home"), width=width, scheme=scheme)
    for name, address in [*((name, reverse(name)) for name in MANAGERS), ("staff-member", staff)]:
        page.goto(address)
        assert_accessible(page)
        assert too_wide(page) <= 0, name
        picture(page, f"practice-{name}-{width}-{scheme}", full=True)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_therapists_pages(
    as_person: Open, thea: Person, teen: Participant, assert_accessible: Any, picture: Any, width: int
) -> None:
    case, one = [teen.case_id], [teen.case_id, teen.pk]
    standing = Guardianship.objects.get(guardian__name="Mia Marlow")
    pages = {
        **{name: reverse(name) for name in THERAPISTS},
        "case-people": reverse("case-people", args=case),
        "participant-add": reverse("participant-add", args=case),
        "case-minor": reverse("case-minor", args=one),
        "guardian-add": reverse("guardian-add", args=one),
        "guardian-narrow": reverse("guardian-narrow", args=[*one, standing.pk]),
        "case-emergency-contact": reverse("case-emergency-contact", args=one),
    }
    page = as_person(thea, reverse("home"), width=width)
    for name, address in pages.items():
        page.goto(address)
        assert_accessible(page)
        assert too_wide(page) <= 0, name
        picture(page, f"practice-{name}-{width}", full=True)


def test_wrong_input_is_accessible_too(
    as_person: Open, mona: Person, assert_accessible: Any, picture: Any
) -> None:
    page = as_person(mona, reverse("practice-settings"))
    page.fill("#name", "")
    page.fill("#languages", "Elvish")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#errors a").first).to_be_visible()
    expect(page.locator("#languages")).to_have_value("Elvish")
    assert_accessible(page)
    picture(page, "practice-settings-wrong-390", full=True)
    page.locator("#errors a").first.click()
    expect(page.locator("#name")).to_be_focused()


def test_from_an_empty_machine_to_a_manager(as_person: Open, assert_accessible: Any, picture: Any) -> None:
    page = as_person(None, reverse("set-up"))
    assert_accessible(page)
    picture(page, "set-up-390", full=True)
    page.fill("#code", set_up_code().lower())
    page.fill("#name", "Harbour Street")
    page.select_option("#jurisdiction", "CA-ON")
    page.select_option("#zone", "America/Toronto")
    page.fill("#languages", "English, French")
    page.select_option("#crisis_region", "CA-ON")
    page.fill("#manager_name", "Mona")
    page.fill("#manager_email", "mona@example.org")
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("link", name="Make a sign-in")).to_be_visible()
    assert_accessible(page)
    picture(page, "invitation-accept-stranger-390")
    page.get_by_role("link", name="Make a sign-in").click()
    page.fill("#email", "mona@example.org")
    page.fill("#password1", accounts.PASSWORD)
    page.locator("form.account-form button").first.click()
    page.wait_for_url("**/invitation/accept/")
    assert_accessible(page)
    picture(page, "invitation-accept-390")
    page.get_by_role("button", name="Come in").click()
    page.wait_for_url("**/account/two-steps/**")
    assert Person.objects.get().user is not None
    assert RoleHolding.objects.get().role == Role.MANAGER
    assert Practice.objects.get().name == "Harbour Street"


def test_the_link_in_a_mail_leads_in_and_leaves_no_secret_behind(
    as_person: Open, site: str, mona: Person, assert_accessible: Any
) -> None:
    asked: list[str] = []
    invitation = Invitation.objects.get()
    secret = link_to(invitation).split("#")[1]
    page = as_person(None, reverse("invitation"))
    page.on("request", lambda request: asked.append(request.url))
    assert_accessible(page)
    page.goto(f"{site}{reverse('invitation')}#{secret}")
    page.reload()  # the same page, now with its secret: a browser does not load it anew for what is behind the #
    page.wait_for_url("**/invitation/accept/")
    expect(page.locator("h1")).to_contain_text("Nina New")
    assert not [url for url in asked if secret in url.split("#")[0]], "the secret reached a log"
    page.go_back()
    assert secret not in page.url
    assert mona


def test_without_javascript_the_code_is_typed(site: str, a_window: Open, mona: Person) -> None:
    invitation = Invitation.objects.get()
    page = a_window(javascript=False)
    page.goto(link_to(invitation).replace(settings.ADDRESS, site))
    page.fill("#secret", link_to(invitation).split("#")[1])
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("h1")).to_contain_text("Nina New")
    assert mona
