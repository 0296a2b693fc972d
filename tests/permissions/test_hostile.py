"""Whatever is sent to whatever address: never a fault of ours, and nothing is lost or let through."""

import io
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from pytest_django import DjangoDbBlocker
from tests.permissions.browsing import Answer, Browser
from tests.permissions.routes import METHODS, Route, every_route
from tests.permissions.undoing import undone
from tests.permissions.world import NEVER, World, build

from homeport.exercises.models import JournalEntry

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TRIES = 12
WHO = ("nobody", "elsewhere", "client", "partner", "own therapist", "supervisor", "manager", "intake")
NAMES = (
    "words", "version", "case", "about", "recipient", "text_hash", "kind", "name", "born", "reason", "alone", "afraid",
    "status", "role", "roles", "email", "secret", "language", "zone", "expires_on", "visit", "kept_draft", "next", "sure",
    "from_on", "until_on", "by", "jurisdiction", "lead", "executor", "code", "password", "login", "credential",
)  # fmt: skip
VALUES = (
    "", " ", "\x00", "a\x00b", "-1", "0", "9" * 400, "1e9", "NaN", "٣", "null", "[]", "{}", "true", "2026-13-45",
    "0000-00-00", "00000000-0000-4000-8000-000000000001", "{00000000-0000-4000-8000-000000000001}", "' OR 1=1 --",
    "<script>alert(1)</script>", "{{ 7*7 }}", "{% load x %}", "../../etc/passwd", "\r\nX-Injected: yes",
    "\ud7ff\ufeff\u202e", "é" * 5_000, "🜁" * 2_000,
    "javascript:alert(1)", "//elsewhere.example/", "x" * 30_000, "joint", "client", "no_secrets", "paused", "en", "UTC",
)  # fmt: skip
HEADERS: tuple[dict[str, Any], ...] = (
    {},
    {"HTTP_ACCEPT_LANGUAGE": "x" * 9_000},
    {"HTTP_ACCEPT_LANGUAGE": "en;q=nonsense,*;q=2,fr-\x00"},
    {"HTTP_COOKIE": "session=" + "a" * 5_000},
    {"HTTP_COOKIE": 'session="; form=\x01; =; ;;; \u00ff'},
    {"HTTP_HOST": "elsewhere.example"},
    {"HTTP_HOST": "local host:99999999"},
    {"HTTP_X_FORWARDED_FOR": "127.0.0.1, ::1, nonsense"},
    {"HTTP_X_FORWARDED_PROTO": "https"},
    {"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "cross-site"},
    {"HTTP_REFERER": "\x7f\x80 not an address"},
    {"HTTP_HX_REQUEST": "true"},
    {"HTTP_IF_MODIFIED_SINCE": "yesterday"},
    {"HTTP_RANGE": "bytes=9-1,-"},
    {"HTTP_USER_AGENT": "\r\nX-Injected: yes" * 50},
    {"HTTP_HOMEPORT_FRAGMENT": "yes"},
    {"REMOTE_ADDR": "not an address"},
    {"HTTP_ACCEPT_ENCODING": "gzip;q=nonsense, br"},
)
TYPES = (
    "application/json", "text/plain", "", "nonsense", "application/x-www-form-urlencoded; charset=nonsense",
    "application/x-www-form-urlencoded; charset=utf-16", "multipart/form-data", "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "b" * 500, "application/xml", "multipart/mixed; boundary=x",
)  # fmt: skip
BODIES = (
    b"", b"{", b"\xff\xfe\x00", b"=&=&=", b"words=%ff%fe&version=%00", b"a=b&" * 250, b"--x\r\n\r\n--x--", b"words" * 20_000,
    json.dumps({"words": "json"}).encode(), b"%" * 999,
)  # fmt: skip
FILE_NAMES = (
    "../../../etc/passwd", "..\\..\\passwd.exe", "/etc/passwd", "passwd\x00.txt", "con", "a" * 5_000 + "passwd",
    "passwd; rm -rf /", "\u202etxt.passwd", "passwd\r\nX-Injected: yes", ".htpasswd", "passwd" + "é" * 300,
    "%2e%2e%2fpasswd",
)  # fmt: skip
PATHS = (
    NEVER,
    NEVER.upper(),
    "0",
    "-1",
    "..",
    "%2e%2e%2f",
    "%00",
    "a" * 3_000,
    "é",
    "null",
    "1%20OR%201=1",
    ";",
)


def _taken(route: Route) -> tuple[str, ...]:
    return route.declared.methods if route.declared else METHODS


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Built once; each request is taken back."""
    with django_db_blocker.unblock(), undone():
        yield build()


def path_to(route: Route, world: World, chance: random.Random) -> str:
    """An address with ids of things that are there, of other things, of nothing, or with no ids at all."""
    ids = [str(value) for thing in world.things.values() for value in thing.values()] + list(
        world.marks.values()
    )
    path = "/" + route.address.lstrip("^").rstrip("$")
    for name, kind in route.parameters:
        value = chance.choice([chance.choice(ids), chance.choice(ids), chance.choice(PATHS)])
        for written in (f"<{kind}:{name}>", f"<{name}>"):
            path = path.replace(written, value)
    if "(" in path:  # written as a pattern
        path = (
            path.split("(")[0].replace("^", "")
            + chance.choice(("1-set-password", "x-y", "zzzz-" + "9" * 300))
            + "/"
        )
    query = chance.choice(
        (
            "",
            "",
            f"?next={chance.choice(VALUES[:12])}",
            "?before=%00",
            "?before=2026-02-30T99:99",
            "?" + "a=1&" * 300,
        )
    )
    return path + query.replace("\r\n", "%0d%0a").replace(" ", "+")


def trouble(route: Route, world: World, chance: random.Random) -> Answer:
    """One hostile request."""
    method = chance.choice(("GET", "POST", "POST", "POST", *METHODS))
    path, headers = path_to(route, world, chance), chance.choice(HEADERS)
    held = world.browsers[chance.choice(WHO)]
    cache.clear()
    with undone():
        browser = Browser(cookies={name: morsel.value for name, morsel in held.cookies.items()})
        if method != "POST":
            return browser.ask(method, path, **headers)
        if chance.random() < 0.4:
            return browser.ask(
                "POST", path, chance.choice(BODIES), content_type=chance.choice(TYPES), **headers
            )
        names = chance.sample(NAMES, chance.randint(1, 8))
        return browser.ask("POST", path, {name: chance.choice(VALUES) for name in names}, **headers)


@pytest.mark.parametrize("route", every_route(), ids=lambda route: route.name)
def test_no_address_answers_with_a_fault(route: Route, world: World) -> None:
    chance = random.Random(f"{route.name} 1")
    for _ in range(TRIES):
        state = chance.getstate()
        answer = trouble(route, world, chance)
        assert answer.status < 500, f"{answer.asked[:200]}: {answer.status}, state {hash(state)}"
        assert "X-Injected" not in dict(answer.headers)


@pytest.mark.parametrize("size", [1_100_000, 10_000_000])
@pytest.mark.parametrize("way", ["form", "parts"])
def test_a_field_of_megabytes_is_refused_before_it_is_read(world: World, size: int, way: str) -> None:
    before = JournalEntry.objects.count()
    browser = world.browsers["client"]
    if way == "form":
        answer = browser.post("/journal/write/", b"words=" + b"a" * size)  # type: ignore[arg-type]
    else:
        answer = browser.post("/journal/write/", {"words": "a" * size})
    assert answer.status == 400
    assert len(answer.body) < 20_000
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize(
    "route", [each for each in every_route() if "POST" in _taken(each)], ids=lambda each: each.name
)
def test_a_file_that_nobody_asked_for_harms_nothing(route: Route, world: World) -> None:
    """Whatever it is called, and in the place of whichever field."""
    chance = random.Random(f"{route.name} files")
    for _ in range(4):
        name = chance.choice(FILE_NAMES)
        fields = {field: _called(name) for field in chance.sample(NAMES, 3)}
        with undone():
            held = world.browsers[chance.choice(WHO)]
            browser = Browser(cookies={each: morsel.value for each, morsel in held.cookies.items()})
            answer = browser.ask("POST", path_to(route, world, chance), fields)
        assert answer.status < 500, f"{answer.asked}: {name!r}"
        assert b"passwd" not in answer.body


def _called(name: str) -> io.BytesIO:
    """A file of that name, which a browser would not let it have."""
    file = io.BytesIO(b"\x00MZ<script>")
    file.name = name  # type: ignore[misc]
    return file


def test_words_that_are_too_long_come_back_to_whoever_wrote_them(world: World) -> None:
    long = "so much to say " * 2_000
    answer = world.browsers["client"].post("/journal/write/", {"words": long})
    assert answer.status == 422
    assert long.strip().encode() in answer.body


@pytest.mark.parametrize("thing", ["case_id", "note_id", "screen_id", "entry_id", "broken_id"])
def test_an_id_of_another_table_is_nothing(world: World, thing: str) -> None:
    """The id of a thing that one may see, at the address of another kind."""
    ids = {str(each[thing]) for each in world.things.values() if thing in each}
    elsewhere = {
        "case_id": "/notes/{}/", "note_id": "/journal/{}/", "screen_id": "/notes/{}/", "entry_id": "/cases/{}/",
        "broken_id": "/screens/{}/",
    }  # fmt: skip
    for one in ids:
        for who in ("own therapist", "client", "supervisor"):
            assert world.browsers[who].get(elsewhere[thing].format(one)).status == 404


def test_nothing_and_not_yours_are_the_same_page(world: World) -> None:
    """Byte for byte, but for the address: what is somebody else's, and what never was."""
    for address, things in (
        ("/journal/{}/", "entry_id"),
        ("/notes/{}/", "note_id"),
        ("/screens/{}/", "screen_id"),
        ("/cases/{}/", "case_id"),
    ):
        never = world.browsers["other client"].get(address.format(NEVER))
        ids = {each[things] for name, each in world.things.items() if things in each and "Olga" not in name}
        for one in ids - {NEVER}:
            answer = world.browsers["other client"].get(address.format(one))
            assert (answer.status, answer.headers, answer.body) == (never.status, never.headers, never.body)


@pytest.mark.parametrize("spoilt", ["", "x", "truncated", "longer", "another's"])
def test_a_sign_in_that_was_tampered_with_is_nobodys(world: World, spoilt: str) -> None:
    held = {name: morsel.value for name, morsel in world.browsers["client"].cookies.items()}
    key = held["session"]
    held["session"] = {"truncated": key[:-1], "longer": key + "a", "another's": key[::-1]}.get(spoilt, spoilt)
    answer = Browser(cookies=held).get("/home/")
    assert answer.status == 302
    assert answer.goes_to.startswith("/account/login/")
