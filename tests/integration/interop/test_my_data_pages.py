"""The pages on which a person takes everything along, or has it erased."""

import io
import zipfile
from collections.abc import Iterator
from unittest import mock

import pytest
from django.test import Client
from pytest_django import Settings

from homeport.accounts.models import User
from homeport.core.keys import store
from homeport.exercises.models import JournalEntry
from homeport.people.models import Person, Role, RoleHolding

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings) -> None:
    store.forget_opened()
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]


@pytest.fixture
def ana() -> Person:
    user = User.objects.create_user("ana@example.org", "a long and quiet passphrase")
    person = Person.objects.create(name="Ana", user=user)
    RoleHolding.objects.create(person=person, role=Role.CLIENT)
    JournalEntry.objects.create(words="a line of mine", author_id=person.pk, subject_id=person.pk)
    return person


@pytest.fixture
def browser(ana: Person) -> Client:
    client = Client()
    assert ana.user is not None
    client.force_login(ana.user, backend="homeport.accounts.backends.SignInBackend")
    return client


@pytest.fixture
def proved(browser: Client) -> Iterator[Client]:
    with mock.patch("homeport.accounts.recent.is_recent", return_value=True):
        yield browser


def test_the_page_says_what_can_be_done(browser: Client) -> None:
    assert browser.get("/account/my-data/").status_code == 200


def test_without_a_fresh_proof_nothing_leaves(browser: Client) -> None:
    with mock.patch("homeport.accounts.recent.is_recent", return_value=False):
        answer = browser.post("/account/my-data/export/")
    assert answer.status_code == 302
    assert answer.headers.get("Content-Type", "") != "application/zip"


def test_the_file_holds_what_is_mine_under_a_name_that_says_nothing(proved: Client) -> None:
    answer = proved.post("/account/my-data/export/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="homeport.zip"'
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "a line of mine" in archive.read("everything.json").decode()


def test_a_file_is_asked_for_not_fetched(proved: Client) -> None:
    assert proved.get("/account/my-data/export/").status_code == 405


def test_erasing_asks_once_more(proved: Client, ana: Person) -> None:
    assert proved.get("/account/my-data/erase/").status_code == 200
    assert proved.post("/account/my-data/erase/").status_code == 422
    ana.refresh_from_db()
    assert ana.name == "Ana"
    answer = proved.post("/account/my-data/erase/", {"sure": "yes"})
    assert answer.status_code == 200
    assert "It is erased" in answer.content.decode()
    ana.refresh_from_db()
    assert (ana.name, ana.user) == ("Erased", None)
    assert proved.get("/account/my-data/").status_code == 302, "there is nobody to be signed in as"


def test_whoever_works_here_is_told_why_not(proved: Client, ana: Person) -> None:
    RoleHolding.objects.create(person=ana, role=Role.OPERATOR)
    with mock.patch("homeport.accounts.middleware.has_second_factor", return_value=True):
        answer = proved.post("/account/my-data/erase/", {"sure": "yes"})
    assert answer.status_code == 422
    assert "Hand it over first" in answer.content.decode()
