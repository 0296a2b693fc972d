"""Pages for everybody show the practice's name and crisis region, and ask the database nothing for it."""

import subprocess
import sys

import pytest
import time_machine
from django.db import connection
from django.template import engines
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import accounts, people

from homeport.core.clock import now
from homeport.people.known import LASTS
from homeport.people.models import Practice
from homeport.people.selectors import the_practice

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_what_the_manager_chose_is_shown_to_visitors() -> None:
    visitor = accounts.a_browser()
    people.a_practice(name="Pier Practice", crisis_region="GB")
    the_practice()
    with CaptureQueriesContext(connection) as asked:
        about = visitor.get(reverse("about")).content.decode()
        help_now = visitor.get(reverse("help-now")).content.decode()
    assert "Pier Practice" in about
    assert "999" in help_now
    assert not [query for query in asked.captured_queries if "people_practice" in query["sql"]]


def test_a_changed_region_counts_at_once() -> None:
    people.a_practice()
    manager = accounts.a_browser(people.a_manager())
    said = {
        "name": "Harbour Street", "jurisdiction": "GB", "zone": "Europe/London", "languages": "English",
        "crisis_region": "GB", "retention_years": "10", "retention_years_minor": "10", "version": "1",
    }  # fmt: skip
    manager.post(reverse("practice-settings"), said, follow=True)
    assert "999" in accounts.a_browser().get(reverse("help-now")).content.decode()


def run(installation: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, *words], env=installation, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done


def test_a_process_learns_it_when_it_starts(installation: dict[str, str]) -> None:
    """Without a page behind the sign-in having been asked for."""
    homeport = ("-m", "homeport.config.cli")
    if connection.vendor == "postgresql":
        run(installation, *homeport, "database", "migrate")
    named = ("--name", "Pier Practice", "--place", "GB", "--zone", "Europe/London")
    run(
        installation,
        *homeport,
        "practice",
        "set-up",
        *named,
        "--manager",
        "Mona",
        "--manager-email",
        "m@example.org",
    )
    code = (
        "import homeport.config.asgi; from homeport.people.known import known; print(known().crisis_region)"
    )
    assert run(installation, "-c", code).stdout.strip() == "GB"


def test_before_there_are_tables_it_starts_all_the_same(installation: dict[str, str]) -> None:
    code = "import homeport.config.asgi; from homeport.people.known import known; print(known().name or 'nobody')"
    assert run(installation, "-c", code).stdout.strip() == "nobody"


def test_the_practices_words_are_asked_for_once_a_minute() -> None:
    """So that a word changed in one process reaches every other."""
    practice = people.a_practice()
    template = engines["django"].from_string('{% load words %}{% word "client" %} {% words "client" %}')
    with time_machine.travel(now(), tick=False) as clock:
        assert template.render() == "client clients"
        Practice.objects.filter(pk=practice.pk).update(words={"client": ["patient", "patients"]})
        with CaptureQueriesContext(connection) as asked:
            assert template.render() == "client clients"
        assert not asked.captured_queries
        clock.shift(LASTS)
        assert template.render() == "patient patients"
