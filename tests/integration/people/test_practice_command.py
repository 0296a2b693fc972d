"""`homeport practice`, and what `homeport serve` says on an empty installation."""

import json
from typing import Any

import pytest
from tests.factories import people

from homeport.config.cli import main
from homeport.config.first_start import notice
from homeport.people.models import Invitation, Person, Practice, Role, RoleHolding
from homeport.people.services.accept_invitation import open_invitation
from homeport.people.set_up_code import set_up_code

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

SET_UP = [
    "practice", "set-up", "--name", "Harbour", "--place", "CA-ON", "--zone", "America/Toronto", "--languages", "en, fr",
    "--manager", "Mona", "--manager-email", "mona@example.org",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is the test's."""
    monkeypatch.setattr("homeport.config.preparing.prepare", lambda: None)


def test_a_practice_is_set_up_and_its_manager_gets_a_link(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(SET_UP) == 0
    practice = Practice.objects.get()
    assert (practice.languages, practice.crisis_region, practice.retention_years) == (
        ["en", "fr"],
        "CA-ON",
        10,
    )
    link = capsys.readouterr().out.split()[-1]
    assert open_invitation(link.split("#")[1]).person == Person.objects.get(name="Mona")
    assert main(SET_UP) == 1
    assert "already" in capsys.readouterr().err
    assert Practice.objects.count() == 1


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--place", "Ontario"),
        ("--zone", "here"),
        ("--languages", "elvish"),
        ("--years", "0"),
        ("--manager-email", "mona"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(
    option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*SET_UP, option, value, "--json"]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["error"] in said.err
    assert "Traceback" not in said.err
    assert not Practice.objects.exists()
    assert not Person.objects.exists()


def test_the_code_is_shown_until_there_is_a_practice(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["practice", "code", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"code": set_up_code()}
    assert set_up_code() in notice()
    assert "/set-up/" in notice()
    people.a_practice()
    assert main(["practice", "code"]) == 1
    assert set_up_code() not in capsys.readouterr().err
    assert notice() == ""


def test_the_demo_says_nothing_of_it(settings: Any) -> None:
    settings.DEMO = True
    assert notice() == ""


def test_somebody_locked_out_is_invited_from_the_machine(capsys: pytest.CaptureFixture[str]) -> None:
    invited = ["practice", "invite", "mona@example.org", "--role", "manager"]
    assert main(invited) == 1
    people.a_practice()
    assert main([*invited, "--role", "king"]) == 1
    assert main(["practice", "invite", "mona@example.org"]) == 1
    assert not Invitation.objects.exists()
    capsys.readouterr()
    assert main([*invited, "--json"]) == 0
    secret = json.loads(capsys.readouterr().out)["invitation"].split("#")[1]
    assert open_invitation(secret).roles == [Role.MANAGER]
    assert RoleHolding.objects.filter(role=Role.MANAGER).count() == 1, "nobody is let in before they accept"
