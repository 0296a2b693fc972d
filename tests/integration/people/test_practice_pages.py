"""The pages of running a practice: who opens them, what they do, what they say when something is wrong."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.factories import accounts, cases, people
from tests.factories.post import sent

from homeport.core.clock import today
from homeport.core.ids import new_id
from homeport.people.models import (
    Cover,
    EmergencyContact,
    Invitation,
    Licence,
    Person,
    Practice,
    ProfessionalWill,
    Role,
    RoleHolding,
    Supervision,
    Therapist,
)
from homeport.people.services.change_practice import change_practice
from homeport.people.services.keep_licence import add_licence
from homeport.people.services.keep_will import write_will

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

MANAGERS = [
    "practice",
    "practice-settings",
    "practice-words",
    "staff",
    "licences",
    "supervision",
    "covers",
    "wills",
]
THERAPISTS = ["work", "offer", "own-licences", "own-cover", "own-will"]
EVERYBODYS = ["emergency-contact", "where-i-am"]


@pytest.fixture(autouse=True)
def practice() -> Practice:
    return people.a_practice()


@pytest.fixture
def manager() -> Client:
    return accounts.a_browser(people.a_manager("Mona"))


def text(page: Any) -> str:
    """The page's words, without its marks."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.content.decode())))


def field(page: Any, name: str) -> str:
    """The value of an input on the page."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page.content.decode())
    assert found, f"there is no field {name}"
    return unescape(found[1])


# --- who opens what ---


@pytest.mark.parametrize("role", [*Role, None])
def test_each_page_opens_to_those_whose_work_it_is_and_is_not_there_for_others(role: Role | None) -> None:
    browser = accounts.a_browser(people.someone_with(role) if role else people.a_person())
    opens = {
        name
        for name in (*MANAGERS, *THERAPISTS, "invite", "invitations")
        if browser.get(reverse(name)).status_code == 200
    }
    expected: dict[Role | None, set[str]] = {
        Role.MANAGER: {*MANAGERS, "invite", "invitations"},
        Role.THERAPIST: set(THERAPISTS),
        Role.INTAKE: {"invite", "invitations"},
    }
    assert opens == expected.get(role, set())
    assert all(browser.get(reverse(name)).status_code == 200 for name in EVERYBODYS)


@pytest.mark.parametrize("name", ["invite", "invitations"])
def test_the_way_back_from_inviting_leads_where_one_may_go(name: str) -> None:
    """Intake invites clients and does not see the page of the practice: a link to it led nowhere."""
    for role, back in ((Role.INTAKE, "home"), (Role.MANAGER, "practice")):
        browser = accounts.a_browser(people.someone_with(role))
        crumbs = re.search(
            r'<nav class="crumbs".*?</nav>', browser.get(reverse(name)).content.decode(), re.DOTALL
        )
        assert crumbs
        led = re.findall(r'href="([^"]+)"', crumbs[0])
        assert led[0] == reverse(back)
        assert all(browser.get(each).status_code == 200 for each in led)


@pytest.mark.parametrize("name", [*MANAGERS, *THERAPISTS, *EVERYBODYS, "invite"])
def test_strangers_are_led_to_the_door(name: str) -> None:
    page = accounts.a_browser().get(reverse(name))
    assert page.status_code == 302
    assert page.headers["Location"].startswith(reverse("account_login"))


def test_roles_invitations_and_wills_ask_again_who_is_there() -> None:
    thea = people.a_therapist("Thea")
    mona = people.a_manager()
    browser = accounts.a_browser(mona, recent=False)
    will = write_will(
        actor=people.SYSTEM, therapist=thea, executor_name="O", executor_email="o@example.org", wishes="", version=None
    )  # fmt: skip
    posts: list[tuple[str, list[Any], dict[str, Any]]] = [
        ("staff-member", [thea.pk], {"role": "supervisor"}),
        ("role-take", [thea.pk, "therapist"], {}),
        ("invite", [], {"name": "X", "email": "x@example.org", "roles": ["manager"]}),
        ("will-force", [will.pk], {"executor": "outside"}),
    ]
    for name, arguments, said in posts:
        page = browser.post(reverse(name, args=arguments), said)
        assert page.status_code == 302, name
        assert "reauthenticate" in page.headers["Location"], name
    assert RoleHolding.objects.filter(person=thea).count() == 1
    assert not Invitation.objects.exists()
    assert not Cover.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["staff-member", "invitation-withdraw", "licence-verify", "supervision-end", "cover-end", "will-force"],
)
def test_an_id_of_something_else_is_not_there(manager: Client, name: str) -> None:
    client = people.someone_with(Role.CLIENT)
    for row_id in (new_id(), client.pk):
        address = reverse(name, args=[row_id])
        answer = manager.get(address) if name == "staff-member" else manager.post(address)
        assert answer.status_code == 404


# --- settings and words ---


def test_settings_are_changed_and_said_to_be(manager: Client) -> None:
    page = manager.get(reverse("practice-settings"))
    assert field(page, "name") == "Harbour Street"
    said = settings_typed(name="River Practice", languages="English, français")
    assert manager.post(reverse("practice-settings"), said, follow=True).status_code == 200
    kept = Practice.objects.get()
    assert (kept.name, kept.languages, kept.version) == ("River Practice", ["en", "fr"], 2)


def settings_typed(**changed: str) -> dict[str, str]:
    return {
        "name": "Harbour Street", "jurisdiction": "CA-ON", "zone": "America/Toronto", "languages": "English",
        "crisis_region": "CA-ON", "retention_years": "10", "retention_years_minor": "10", "neutral_sender": "",
        "version": "1", **changed,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("name", "a\x00b"),
        ("jurisdiction", "Ontario"),
        ("zone", "Toronto"),
        ("languages", "Elvish"),
        ("languages", ",,,"),
        ("crisis_region", "*"),
        ("retention_years", "many"),
        ("retention_years", "0"),
        ("retention_years", "9" * 400),
        ("version", "one"),
    ],
)
def test_wrong_settings_are_told_beside_the_field_and_everything_typed_stays(
    manager: Client, name: str, value: str
) -> None:
    page = manager.post(
        reverse("practice-settings"), settings_typed(neutral_sender="Jo's Post", **{name: value})
    )
    assert page.status_code == 422
    assert Practice.objects.get().version == 1
    assert field(page, "neutral_sender") == "Jo's Post"
    if name != "version":
        assert f'id="{name}-error"' in page.content.decode()
        assert f'href="#{name}"' in page.content.decode()


def test_the_second_of_two_is_told_keeps_what_they_typed_and_can_save(manager: Client) -> None:
    change_practice(actor=people.SYSTEM, version=1, changes={"name": "Lake Practice", "retention_years": 15})
    page = manager.post(reverse("practice-settings"), settings_typed(name="River Practice"))
    assert page.status_code == 422
    words = text(page)
    assert "Lake Practice" in words, "what is there now"
    assert "15" in words
    assert "Ontario" not in words.split("What is there now")[1].split("What you typed")[0], (
        "what is alike is left out"
    )
    assert field(page, "name") == "River Practice", "what was typed"
    assert field(page, "version") == "2"
    manager.post(reverse("practice-settings"), settings_typed(name="River Practice", version="2"))
    assert Practice.objects.get().name == "River Practice"


def test_the_practices_words_are_said_on_pages(manager: Client) -> None:
    typed = {"client_one": "patient", "client_many": "patients", "version": "1"}
    manager.post(reverse("practice-words"), typed)
    assert Practice.objects.get().words == {"client": ["patient", "patients"]}
    page = manager.get(reverse("practice-words"))
    assert field(page, "client_one") == "patient"
    assert "look after their patients" in text(manager.get(reverse("wills")))
    assert "Patient" in text(manager.get(reverse("invite")))
    wrong = manager.post(reverse("practice-words"), {**typed, "plan_one": "path", "version": "2"})
    assert wrong.status_code == 422
    assert 'id="plan_many-error"' in wrong.content.decode()


def test_the_words_in_a_template() -> None:
    from django.template import engines
    from django.test import RequestFactory

    change_practice(actor=people.SYSTEM, version=1, changes={"words": {"client": ["patient", "patients"]}})
    template = engines["django"].from_string(
        '{% load words %}{% word "client" %} {% words "client" %} {% word "session" %} {% words "plan" %}'
    )
    assert template.render({}, RequestFactory().get("/")) == "patient patients session plans"


# --- people and roles ---


def test_a_manager_gives_and_takes_roles(manager: Client) -> None:
    thea = people.a_therapist("Thea")
    address = reverse("staff-member", args=[thea.pk])
    assert "Thea" in text(manager.get(reverse("staff")))
    assert manager.post(address, {"role": "supervisor"}).status_code == 303
    assert {held.role for held in RoleHolding.objects.filter(person=thea, until_at=None)} == {
        "therapist",
        "supervisor",
    }
    for role in ("supervisor", "therapist"):
        assert manager.post(reverse("role-take", args=[thea.pk, role])).status_code == 303
    assert manager.get(address).status_code == 404, "who no longer works here is not staff"


@pytest.mark.parametrize("role", ["", "king", "cover"])
def test_a_role_that_is_none(manager: Client, role: str) -> None:
    thea = people.a_therapist()
    assert manager.post(reverse("staff-member", args=[thea.pk]), {"role": role}).status_code == 422
    assert RoleHolding.objects.filter(person=thea).count() == 1


def test_the_last_manager_is_told(manager: Client) -> None:
    RoleHolding.objects.exclude(person__name="Mona").filter(role=Role.MANAGER).delete()
    mona = Person.objects.get(name="Mona")
    page = manager.post(reverse("role-take", args=[mona.pk, "manager"]), follow=True)
    assert "last manager" in text(page)


def test_clients_are_not_among_the_people_who_work_here(manager: Client) -> None:
    ana = people.someone_with(Role.CLIENT, name="Ana Client")
    assert "Ana Client" not in text(manager.get(reverse("staff")))
    assert manager.get(reverse("staff-member", args=[ana.pk])).status_code == 404


def test_who_works_here_costs_what_it_costs_however_many(
    manager: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    from homeport.people.selectors import (
        covers,
        licences_to_look_at,
        open_invitations,
        staff,
        supervisions,
        wills,
    )

    therapists = [people.a_therapist() for _ in range(6)]
    people.a_supervisor(*therapists)
    people.a_cover(therapists[0], therapists[1])
    with django_assert_max_num_queries(2):
        assert len([name for each in staff() for name in each.roles]) >= 7
    with django_assert_max_num_queries(2):
        assert len(wills()) == 6
    for read in (covers, licences_to_look_at, open_invitations, supervisions):
        with django_assert_max_num_queries(1):
            [str(getattr(row, "by", row)) for row in read()]


# --- licences ---


def test_a_therapist_adds_a_licence_and_the_manager_looks_it_up(manager: Client) -> None:
    thea = people.someone_with(Role.THERAPIST, name="Thea")
    own = accounts.a_browser(thea)
    ends = today() + timedelta(days=300)
    said = {"jurisdiction": "CA-ON", "body": "The College", "number": "77", "expires_on": ends.isoformat()}
    assert own.post(reverse("own-licences"), said).status_code == 303
    licence = Licence.objects.get()
    assert "Not looked up yet" in text(own.get(reverse("own-licences")))
    assert "The College" in text(manager.get(reverse("licences")))
    verify = reverse("licence-verify", args=[licence.pk])
    for stale in ("", "7", "x", "9" * 300):
        assert "while you were" in text(manager.post(verify, {"version": stale}, follow=True))
    manager.post(verify, {"version": "1"})
    licence.refresh_from_db()
    assert licence.stands
    assert "Counts" in text(own.get(reverse("own-licences")))
    assert own.post(reverse("licence-drop", args=[licence.pk])).status_code == 303
    assert Licence.objects.exists(), "a verified one stays"


def test_a_licence_is_renewed_by_its_holder_alone() -> None:
    thea, theo = people.a_therapist(), people.a_therapist()
    licence = Licence.objects.get(therapist__person=thea)
    ends = (today() + timedelta(days=900)).isoformat()
    address = reverse("licence-renew", args=[licence.pk])
    other = accounts.a_browser(theo)
    assert other.get(address).status_code == 404
    assert other.post(reverse("licence-drop", args=[licence.pk])).status_code == 404
    own = accounts.a_browser(thea)
    stale = own.post(address, {"expires_on": ends, "version": "1"})
    assert stale.status_code == 422
    assert field(stale, "expires_on") == ends
    assert own.post(address, {"expires_on": ends, "version": field(stale, "version")}).status_code == 303


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("expires_on", "tomorrow"),
        ("expires_on", "2020-01-01"),
        ("number", ""),
        ("body", ""),
        ("jurisdiction", "X"),
    ],
)
def test_a_wrong_licence(name: str, value: str) -> None:
    own = accounts.a_browser(people.someone_with(Role.THERAPIST))
    said = {"jurisdiction": "CA-ON", "body": "The <College>", "number": "77", "expires_on": "2099-01-01"}
    page = own.post(reverse("own-licences"), {**said, name: value})
    assert page.status_code == 422
    assert f'id="{name}-error"' in page.content.decode()
    assert not Licence.objects.exists()


# --- supervision, cover, wills ---


def test_supervision_on_the_page(manager: Client) -> None:
    thea, sue = people.a_therapist("Thea"), people.someone_with(Role.SUPERVISOR, name="Sue")
    said = {"supervisor": str(sue.pk), "supervisee": str(thea.pk)}
    assert manager.post(reverse("supervision"), said).status_code == 303
    assert "Sue supervises Thea" in text(manager.get(reverse("supervision")))
    pair = Supervision.objects.get()
    assert manager.post(reverse("supervision-end", args=[pair.pk])).status_code == 303
    assert manager.post(reverse("supervision-end", args=[pair.pk])).status_code == 404
    wrong = manager.post(reverse("supervision"), {**said, "supervisor": str(people.a_person().pk)})
    assert wrong.status_code == 422


def days(first: int, last: int) -> dict[str, str]:
    return {
        "from_on": (today() + timedelta(days=first)).isoformat(),
        "until_on": (today() + timedelta(days=last)).isoformat(),
    }


def test_a_therapist_asks_a_colleague_of_another_practice_to_cover() -> None:
    thea = people.a_therapist("Thea")
    case = cases.an_individual(lead=thea)
    own = accounts.a_browser(thea)
    said = {
        "by": "outside",
        "name": "Otto",
        "email": "otto@example.org",
        "practice_of_by": "River",
        **days(1, 7),
    }
    assert own.post(reverse("own-cover"), said).status_code == 303
    cover = Cover.objects.get()
    assert (cover.by.name, cover.practice_of_by, cover.covered) == ("Otto", "River", thea)
    assert (cover.until_at - cover.from_at).days == 7, "the last day is included"
    assert cover.from_at.hour in {4, 5}, "midnight where the practice is"
    assert Invitation.objects.get().person == cover.by
    assert "Otto stands in for Thea" in text(own.get(reverse("own-cover")))
    assert own.post(reverse("own-cover-end", args=[cover.pk])).status_code == 303
    assert not Cover.objects.exists()
    assert case.status == "open"


def test_cover_that_cannot_be_leaves_nobody_behind() -> None:
    own = accounts.a_browser(people.a_therapist("Thea"))
    count = Person.objects.count()
    said = {
        "by": "outside",
        "name": "Otto",
        "email": "otto@example.org",
        "practice_of_by": "River",
        **days(5, 2),
    }
    page = own.post(reverse("own-cover"), said)
    assert page.status_code == 422
    assert 'id="until_on-error"' in page.content.decode()
    assert field(page, "email") == "otto@example.org"
    missing = own.post(reverse("own-cover"), {**said, "email": "", "practice_of_by": "", **days(1, 2)})
    assert 'id="email-error"' in missing.content.decode()
    assert 'id="practice_of_by-error"' in missing.content.decode()
    assert Person.objects.count() == count
    assert not Cover.objects.exists()


def test_nobody_ends_the_cover_of_another() -> None:
    thea, theo = people.a_therapist(), people.a_therapist()
    cover = people.a_cover(thea, theo)
    browser = accounts.a_browser(theo)
    assert browser.post(reverse("own-cover-end", args=[cover.pk])).status_code == 404
    assert browser.post(reverse("cover-end", args=[cover.pk])).status_code == 404
    assert Cover.objects.get().holds


def test_a_manager_arranges_cover_for_anybody(manager: Client) -> None:
    thea, theo = people.a_therapist("Thea"), people.a_therapist("Theo")
    said = {"covered": str(thea.pk), "by": str(theo.pk), **days(0, 3)}
    assert manager.post(reverse("covers"), said).status_code == 303
    cover = Cover.objects.get()
    assert manager.post(reverse("cover-end", args=[cover.pk])).status_code == 303
    same = manager.post(reverse("covers"), {**said, "by": str(thea.pk)})
    assert same.status_code == 422
    assert "covers for themselves" in text(same)


def test_a_will_is_written_kept_from_others_and_put_into_force(manager: Client) -> None:
    thea = people.a_therapist("Thea")
    case = cases.an_individual(lead=thea)
    own = accounts.a_browser(thea)
    said = {
        "executor_name": "Otto",
        "executor_email": "otto@example.org",
        "wishes": "My papers are in the blue box.",
    }
    assert own.post(reverse("own-will"), said).status_code == 303
    assert "blue box" in text(own.get(reverse("own-will")))
    page = text(manager.get(reverse("wills")))
    assert "Named Otto" in page
    assert "blue box" not in page
    stale = own.post(reverse("own-will"), {**said, "wishes": "In the red box."})
    assert stale.status_code == 422
    assert "blue box" in text(stale)
    assert "In the red box." in text(stale)
    will = ProfessionalWill.objects.get()
    address = reverse("will-force", args=[will.pk])
    assert "Choose who" in text(manager.post(address, {"executor": ""}, follow=True))
    assert manager.post(address, {"executor": "outside"}).status_code == 303
    cover = Cover.objects.get()
    assert (cover.by.name, cover.covered) == ("Otto", thea)
    assert Invitation.objects.get().email == "otto@example.org"
    from homeport.access.standing import standing_of

    assert standing_of(people.acting(cover.by)).covers == {case.pk}
    again = manager.post(address, {"executor": "outside"}, follow=True)
    assert "in force already" in text(again)
    assert Cover.objects.count() == 1


# --- one's own ---


def test_a_therapist_says_what_they_offer() -> None:
    thea = people.a_therapist("Thea")
    own = accounts.a_browser(thea)
    said = {
        "languages": "English, Cree", "populations": ["teens", "couples"], "formats": ["video"], "fee_couple": "150.50",
        "currency": "CAD", "taking_clients": "on", "version": "1",
    }  # fmt: skip
    assert own.post(reverse("offer"), said).status_code == 303
    offer = Therapist.objects.get(person=thea)
    assert (offer.languages, offer.fees, offer.taking_clients) == (["en", "cr"], {"couple": 15050}, True)
    assert field(own.get(reverse("offer")), "fee_couple") == "150.50"
    for wrong, at in (
        ({"fee_couple": "lots"}, "fee_couple"),
        ({"fee_couple": "-5"}, "fee_couple"),
        ({"fee_couple": "NaN"}, "fee_couple"),
        ({"currency": ""}, "currency"),
        ({"populations": ["dragons"]}, "populations"),
    ):
        page = own.post(reverse("offer"), {**said, "version": "2", **wrong})
        assert page.status_code == 422
        assert f'id="{at}-error"' in page.content.decode()
        assert 'value="teens" checked' in page.content.decode() or at == "populations"


def test_whom_to_call_and_where_i_am() -> None:
    ana = people.a_person("Ana")
    own = accounts.a_browser(ana)
    said = {"contact_name": "Rosa", "contact_phone": "416 555 0100", "contact_is": "sister"}
    assert own.post(reverse("emergency-contact"), said).status_code == 303
    assert own.post(reverse("where-i-am"), {"location": "12 Wharf Lane", "version": "1"}).status_code == 303
    kept = EmergencyContact.objects.get(person=ana)
    assert (kept.contact_name, kept.location, kept.version) == ("Rosa", "12 Wharf Lane", 2)
    # On the telephone in the other hand, the page from before.
    stale = own.post(reverse("where-i-am"), {"location": "At work", "version": "1"})
    assert stale.status_code == 422
    assert "12 Wharf Lane" in text(stale)
    assert field(stale, "location") == "At work"
    wrong = own.post(reverse("emergency-contact"), {**said, "contact_phone": "none", "version": "2"})
    assert 'id="contact_phone-error"' in wrong.content.decode()
    assert field(wrong, "contact_name") == "Rosa"


def test_nothing_here_sends_mail_by_itself(manager: Client) -> None:
    """Mail leaves by a job, after the transaction that asked for it: a rolled-back wish sends nothing."""
    manager.post(reverse("invite"), {"name": "X", "email": "x@example.org", "roles": ["client"]})
    assert not sent()


def test_ten_megabytes_are_refused(manager: Client) -> None:
    page = manager.post(reverse("practice-settings"), settings_typed(name="x" * 10_000_000))
    assert page.status_code in {400, 413}


def test_other_methods_are_not_answered(manager: Client) -> None:
    for name in (*MANAGERS, "invite"):
        assert manager.delete(reverse(name)).status_code in {404, 405}
        assert manager.put(reverse(name)).status_code in {404, 405}
    thea = people.a_therapist()
    licence = add_licence(
        actor=people.SYSTEM, therapist=Therapist.objects.get(person=thea), jurisdiction="CA-ON", body="B", number="9",
        expires_on=today() + timedelta(days=9),
    )  # fmt: skip
    assert manager.get(reverse("licence-verify", args=[licence.pk])).status_code == 405
