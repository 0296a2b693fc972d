"""Every address, every method, every person: exactly what `verdicts.yaml` says."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.urls import NoReverseMatch, reverse
from pytest_django import DjangoDbBlocker
from tests.permissions import verdicts
from tests.permissions.browsing import Answer, Browser
from tests.permissions.routes import METHODS, every_route
from tests.permissions.undoing import undone
from tests.permissions.verdicts import Case
from tests.permissions.world import World, build

from homeport.accounts.middleware import is_public
from homeport.core.clock import now

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
CASES = verdicts.cases()
NAMED = {route.name: route for route in every_route()}
SIGNED_OUT = b"You are signed out."
CONFIRMS = ("/account/reauthenticate/", "/account/two-steps/reauthenticate/")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Built once; each test takes back what it did. The clock stands still: no proof of who one is grows old meanwhile."""
    with django_db_blocker.unblock(), undone(), time_machine.travel(now(), tick=False):
        yield build()


def word_for(answer: Answer) -> str:
    """What came back, in the words of the verdicts; a number where they have none."""
    to = urlsplit(answer.goes_to).path
    if answer.status == 200 and SIGNED_OUT in answer.body:
        return "sign-in"  # and what they typed is given back to them
    if answer.status in (302, 303):
        if to == reverse("account_login"):
            return "sign-in"
        return "confirm" if to in CONFIRMS else "done"
    return {200: "see", 404: "hidden", 400: "refused", 409: "refused", 422: "refused"}.get(
        answer.status, str(answer.status)
    )


def fits(verdict: str, answer: Answer) -> bool:
    """Whether the answer is what the verdict says."""
    if verdict == "open":
        return answer.status < 500 and answer.status not in (403, 405)
    return word_for(answer) == verdict


def path_of(case: Case, world: World) -> str:
    return reverse(case.route, kwargs=world.things[case.of] if needs_ids(case) else {})


def needs_ids(case: Case) -> bool:
    return bool(NAMED[case.route].parameters)


def sent(case: Case, world: World) -> dict[str, Any]:
    """What the form sends, with the ids in the place of their marks."""
    return {
        name: world.marks[value[1:]] if isinstance(value, str) and value.startswith("@") else value
        for name, value in case.sends.items()
    }


def ask(browser: Browser, method: str, path: str, fields: dict[str, Any]) -> Answer:
    """Ask, and take back whatever it did. How often somebody tried is forgotten as well."""
    cache.clear()
    with undone():
        other = Browser(cookies={name: morsel.value for name, morsel in browser.cookies.items()})
        return other.ask(method, path, fields if method == "POST" else None)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_everybody_gets_what_they_may(case: Case, world: World) -> None:
    path, fields = path_of(case, world), sent(case, world)
    wrong = {}
    for who, verdict in case.verdicts.items():
        answer = ask(world.browsers[who], case.method, path, fields)
        if not fits(verdict, answer):
            wrong[who] = f"{word_for(answer)}, not {verdict}"
    assert not wrong


@pytest.mark.parametrize("route", every_route(), ids=lambda route: route.name)
def test_other_methods_are_not_taken(route: Any, world: World) -> None:
    """405 for whoever is signed in, before anything is looked up; to sign in, for whoever is not."""
    written = {case.method for case in CASES if case.route == route.name}
    things = next(
        (world.things[case.of] for case in CASES if case.route == route.name and case.of in world.things), {}
    )
    path = reverse(route.name, kwargs=things if route.parameters else {})
    wrong = {}
    for method in METHODS:
        if method in written or (method == "HEAD" and "GET" in written):
            continue
        for who in ("nobody", "client", "manager"):
            answer = ask(world.browsers[who], method, path, {})
            expected = (405, 302) if who == "nobody" else (405,)
            if answer.status not in expected:
                wrong[f"{method} {who}"] = answer.status
    assert not wrong


def test_head_is_as_get(world: World) -> None:
    wrong = []
    for case in CASES:
        if case.method == "GET":
            for who in ("nobody", "client", "manager"):
                answer = ask(world.browsers[who], "HEAD", path_of(case, world), {})
                if not fits(case.verdicts[who], answer):
                    wrong.append(f"{case} {who}: {word_for(answer)}")
    assert not wrong


@pytest.mark.parametrize("route", every_route(), ids=lambda route: route.name)
def test_no_route_is_without_a_verdict(route: Any) -> None:
    written = {case.method for case in CASES if case.route == route.name}
    assert route.declared is not None, "nobody declared what this route handles"
    assert written == set(route.declared.methods) - {"HEAD"}, "write its verdicts down in verdicts.yaml"


def test_an_old_proof_of_who_one_is_does_not_do_everywhere(world: World) -> None:
    wrong = []
    for each in verdicts.asked_again():
        kwargs = world.things[each.of] if each.of else {}
        path = reverse(each.route, kwargs=kwargs)
        for who in each.people:
            with undone():
                browser = Browser(world.people[who], proved=False)
                answer = ask(browser, each.method, path, {})
                if word_for(answer) != "confirm":
                    wrong.append(f"{each.method} {each.route} {who}: {word_for(answer)}")
    assert not wrong


def test_no_verdict_is_without_a_route() -> None:
    assert {case.route for case in CASES} <= set(NAMED)


def test_everybody_named_is_there_and_everything_too(world: World) -> None:
    assert set(verdicts.people()) == set(world.browsers)
    for case in CASES:
        if needs_ids(case):
            assert case.of in world.things, f"{case}: nobody made it"


@pytest.mark.parametrize("route", every_route(), ids=lambda route: route.name)
def test_both_doors_agree_on_what_is_for_everybody(route: Any) -> None:
    """What is declared here, and what the sign-in believes of the same view."""
    from django.urls import resolve

    try:
        things: dict[str, Any] = {name: _any_value(kind, name) for name, kind in route.parameters}
        view = resolve(reverse(route.name, kwargs=things)).func
    except NoReverseMatch:
        pytest.fail(f"{route.name}: no address for it")
    assert is_public(view) == route.is_public


def _any_value(kind: str, name: str) -> Any:
    return {"uuid": "00000000-0000-4000-8000-000000000001", "int": 1}.get(
        kind, "1" if name == "uidb36" else "therapist"
    )


@pytest.mark.skipif(connection.vendor == "postgresql", reason="the second wall still stands behind that gate")
@pytest.mark.parametrize("route", ["journal-entry", "note", "screen"])
def test_a_gate_that_stands_open_is_noticed(
    route: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("homeport.access.gate.may_see", lambda *_: True)
    for case in CASES:
        if case.route == route and case.of != "nothing that ever was":
            path = path_of(case, world)
            wrong = [
                who
                for who, verdict in case.verdicts.items()
                if not fits(verdict, ask(world.browsers[who], case.method, path, {}))
            ]
            assert wrong, f"{case}: nobody noticed"
