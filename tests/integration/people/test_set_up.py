"""The first start: once, behind the code, in the browser and by command."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import accounts, people

from homeport.accounts.models import User
from homeport.audit.models import AuditEvent
from homeport.core.errors import HomeportError
from homeport.people.errors import Unfit
from homeport.people.models import Invitation, Person, Practice, Role, RoleHolding
from homeport.people.services.set_up_practice import SetUpAlready, begin_practice, set_up_practice
from homeport.people.set_up_code import is_set_up_code, set_up_code

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

SETTINGS: dict[str, Any] = {
    "name": "Harbour Street", "jurisdiction": "CA-ON", "zone": "America/Toronto", "languages": ["en", "fr"],
    "crisis_region": "CA-ON", "retention_years": 10,
}  # fmt: skip
TYPED = {
    **SETTINGS, "languages": "English, Français", "code": "", "manager_name": "Mona", "manager_email": "mona@example.org",
}  # fmt: skip


def test_the_practice_and_its_manager_come_together() -> None:
    practice, invitation, _secret = begin_practice(
        actor=people.SYSTEM, manager_name="Mona", manager_email="mona@example.org", **SETTINGS
    )
    mona = Person.objects.get()
    assert practice.languages == ["en", "fr"]
    assert RoleHolding.objects.get().role == Role.MANAGER
    assert (invitation.person, invitation.email) == (mona, "mona@example.org")
    assert {event.material for event in AuditEvent.objects.all()} == {
        "person", "practice", "role:manager", "invitation",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("jurisdiction", "Ontario"),
        ("zone", "Toronto"),
        ("languages", []),
        ("languages", ["en", "elvish"]),
        ("crisis_region", "XX"),
        ("retention_years", 0),
        ("retention_years", 101),
    ],
)
def test_what_makes_no_sense_is_told_for_its_field_and_leaves_nothing(field: str, value: Any) -> None:
    with pytest.raises(Unfit) as told:
        begin_practice(
            actor=people.SYSTEM,
            manager_name="Mona",
            manager_email="mona@example.org",
            **{**SETTINGS, field: value},
        )
    assert told.value.field == field
    assert not Practice.objects.exists()
    assert not Person.objects.exists()


def test_a_wrong_address_of_the_manager_takes_everything_back() -> None:
    with pytest.raises(Unfit):
        begin_practice(actor=people.SYSTEM, manager_name="Mona", manager_email="mona", **SETTINGS)
    assert not Practice.objects.exists()
    assert not Person.objects.exists()


def test_there_is_one_practice_and_no_second() -> None:
    people.a_practice()
    with pytest.raises(SetUpAlready):
        set_up_practice(actor=people.SYSTEM, manager=people.a_person(), **SETTINGS)
    with pytest.raises(SetUpAlready):
        begin_practice(actor=people.SYSTEM, manager_name="M", manager_email="m@example.org", **SETTINGS)


def test_the_code_is_known_however_it_is_written_and_no_other_is() -> None:
    code = set_up_code()
    assert is_set_up_code(code)
    assert is_set_up_code(f" {code.lower().replace('-', ' ')} ")
    for wrong in ("", "-", code[:-1], code + "A", "AAAA-AAAA-AAAA", "é" * 5_000):
        assert not is_set_up_code(wrong)


def test_another_installation_has_another_code(settings: Any) -> None:
    mine = set_up_code()
    settings.SECRET_KEY = "another"
    assert set_up_code() != mine


def posted(client: Client, **changed: str) -> Any:
    return client.post(reverse("set-up"), {**TYPED, "code": set_up_code(), **changed})


def test_a_stranger_without_the_code_gets_nowhere_and_keeps_what_they_typed() -> None:
    page = posted(accounts.a_browser(), code="AAAA-BBBB-CCCC", name='My "own" <practice>')
    assert page.status_code == 422
    assert not Practice.objects.exists()
    assert "My &quot;own&quot; &lt;practice&gt;" in page.content.decode()
    assert 'value="CA-ON" selected' in page.content.decode()


def test_from_an_empty_installation_to_a_manager_who_is_signed_in() -> None:
    browser = accounts.a_browser()
    assert browser.get(reverse("set-up")).status_code == 200
    page = posted(browser)
    assert page.status_code == 303
    assert page.headers["Location"] == reverse("invitation-accept")
    sign_up = browser.get(reverse("invitation-accept"))
    assert reverse("account_signup") in sign_up.content.decode()
    made = browser.post(
        reverse("account_signup"),
        {
            "email": "mona@example.org",
            "password1": accounts.PASSWORD,
            "next": reverse("invitation-accept"),
        },
    )
    assert made.headers["Location"] == reverse("invitation-accept"), (
        "the address needs no proof: the code was it"
    )
    inside = browser.get(reverse("invitation-accept"))
    assert "mona@example.org" in inside.content.decode()
    assert browser.post(reverse("invitation-accept")).status_code == 303
    mona = Person.objects.get(name="Mona")
    assert mona.user == User.objects.get()
    assert Invitation.objects.get().accepted_at is not None


def test_nobody_finds_the_page_once_there_is_a_practice() -> None:
    people.a_practice()
    for browser in (accounts.a_browser(), accounts.a_browser(people.a_manager())):
        assert browser.get(reverse("set-up")).status_code == 404
        assert posted(browser).status_code == 404
    assert Practice.objects.count() == 1


def test_a_person_needs_a_name() -> None:
    with pytest.raises(HomeportError):
        people.a_person("   ")


@pytest.mark.parametrize(("place", "lines"), [("CA-ON", "CA-ON"), ("US-NY", "US")])
def test_the_lines_are_those_of_the_place_where_none_are_chosen(place: str, lines: str) -> None:
    assert posted(Client(), crisis_region="", jurisdiction=place).status_code == 303
    assert Practice.objects.get().crisis_region == lines
