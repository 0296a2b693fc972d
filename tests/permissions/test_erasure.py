"""One partner has everything of their own erased: no page of anybody breaks, and the other partner cannot tell."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from pytest_django import DjangoDbBlocker
from tests.factories.people import acting
from tests.permissions import verdicts
from tests.permissions.browsing import Answer, Browser
from tests.permissions.test_matrix import needs_ids
from tests.permissions.undoing import undone
from tests.permissions.world import World, build

from homeport.core import keys
from homeport.core.clock import now
from homeport.interop.services.erase_mine import erase_mine
from homeport.people.models import Person
from homeport.people.selectors import the_practice

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WHO = ("partner", "own therapist", "supervisor", "manager", "intake", "emergency", "other client")
# What ends a session has no second asking.
APART = {"account_logout"}
# What guards a form, and what a visitor's wishes travel in: another one each time.
TOKEN = re.compile(rb'name="(csrfmiddlewaretoken|carried)" value="[^"]+"')

# A time that she held is free for everybody again, and may be offered: free times are nobody's secret.
FREE = re.compile(rb'<li><button class="free-time".*?</li>', re.DOTALL)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), undone(), time_machine.travel(now(), tick=False):
        yield build()


def pages(world: World) -> list[str]:
    """Every address that is asked for by GET, of every thing that there is."""
    return [
        reverse(case.route, kwargs=world.things[case.of] if needs_ids(case) else {})
        for case in verdicts.cases()
        if case.method == "GET" and case.route not in APART
    ]


def asked(world: World, who: str, paths: list[str]) -> dict[str, Answer]:
    """All of these, each taken back."""
    held = {name: morsel.value for name, morsel in world.browsers[who].cookies.items()}
    found = {}
    the_practice()  # what a process that serves pages knows from its beginning
    for path in paths:
        cache.clear()
        with undone():
            found[path] = Browser(cookies=held).get(path)
    return found


def erase(world: World, *, the_record_too: bool) -> None:
    """Ana's own things; and, as when the record's time is over, what was written about her in the case."""
    person = Person.objects.get(pk=world.people["client"].pk)
    erase_mine(actor=acting(person), person=person)
    keys.destroy(f"person:{person.pk}")  # what waits for the commit, which no test here makes
    if the_record_too:
        keys.destroy(f"case:{world.marks['couple']}:person:{person.pk}")


@pytest.mark.parametrize("the_record_too", [False, True])
def test_the_other_partner_cannot_tell(world: World, the_record_too: bool) -> None:
    paths = pages(world)
    before = asked(world, "partner", paths)
    assert sum(answer.status == 200 for answer in before.values()) > 20
    with undone():
        erase(world, the_record_too=the_record_too)
        after = asked(world, "partner", paths)
    # Secrets made for one look; the address of her own calendar; and what she had opened to this partner herself.
    apart = ["/account/two-steps/", "/calendar/", *(["/opened-to-me/"] if the_record_too else [])]
    ours = [path for path in paths if not path.startswith(tuple(apart))]
    pairs = [(_without_token(before[path]), _without_token(after[path])) for path in ours]
    assert [one.difference(other) for one, other in pairs if one != other] == []
    assert len(ours) > 60


def _without_token(answer: Answer) -> Answer:
    """The answer without what is another one each time, and without the free times that are offered."""
    headers = tuple(header for header in answer.headers if header[0] != "Content-Length")
    return replace(answer, body=FREE.sub(b"", TOKEN.sub(b"", answer.body)), headers=headers, cookies=())


@pytest.mark.parametrize("who", WHO)
def test_no_page_breaks_and_none_shows_what_is_gone(world: World, who: str) -> None:
    paths = pages(world)
    with undone():
        erase(world, the_record_too=True)
        after = asked(world, who, paths)
        faults = {path: answer.status for path, answer in after.items() if answer.status >= 500}
        shared = world.things["what Ana shared with her therapist"]["entry_id"]
        told = [path for path, answer in after.items() if f"/{shared}/".encode() in answer.body]
    assert faults == {}
    assert [path for path in told if str(shared) not in path] == []
    for thing, name in (
        ("what Ana shared with her therapist", "journal-entry"),
        ("a signed note about Ana", "note"),
        ("what Ana answered", "screen"),
    ):
        assert after[reverse(name, kwargs=world.things[thing])].status == 404
