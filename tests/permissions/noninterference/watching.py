"""Everything that Ben can get: his own pages, and whatever he tries on what is not his."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from tests.permissions.browsing import Answer, Browser
from tests.permissions.noninterference.worlds import World
from tests.permissions.routes import Route, every_route
from tests.permissions.undoing import undone
from tests.postgres.roles import as_role

from homeport.assessments.models import Assignment
from homeport.cases.models import Participant
from homeport.core import randomness
from homeport.interop.gathering import everything_about
from homeport.outbox.models import OutgoingMessage
from homeport.people.models import Person

NEVER = UUID("00000000-0000-4000-8000-000000000001")
METHODS = ("GET", "POST", "HEAD", "DELETE", "OPTIONS")
# Signing in and out is watched elsewhere; how often it was tried is counted outside the database.
ELSEWHERE = ("account_", "mfa_")
Question = tuple[str, str, dict[str, Any]]


def watched_routes() -> list[Route]:
    """Every route that asks who is there."""
    return [route for route in every_route() if not route.is_public and not route.name.startswith(ELSEWHERE)]


def watch(world: World, routes: list[Route], picks: list[int], seed: str) -> list[Answer]:
    """All answers, in order. Each question is asked under a seed of its own, and what it changes is taken back."""
    answers = []
    for number, (method, path, fields) in enumerate(_questions(world, routes, picks)):
        with randomness.seeded(f"{seed}/{number}"):
            if method == "GET":
                answers.append(world.browsers["ben"].get(path))
                continue
            with undone():
                browser = Browser(cookies=dict(_cookies(world.browsers["ben"])))
                answers.append(browser.ask(method, path, fields if method == "POST" else None))
    return [*answers, _letters(world), _taken_along(world)]


def _letters(world: World) -> Answer:
    """What was written to Ben and when it goes: letters, reminders, entries for his calendar, to the last byte."""
    rows = OutgoingMessage.objects.filter(to=world.ben).order_by("key", "created_at", "pk")
    shown = ("pk", "key", "kind", "state", "channel", "message_id", "run_at", "until_at", "created_at")
    told = [(row.words, *(str(getattr(row, name)) for name in shown)) for row in rows]
    return Answer("letters", len(told), (), (), repr(told).encode())


def _taken_along(world: World) -> Answer:
    """Everything about Ben, as he takes it along: what no page shows may stand in it."""
    with as_role("web"):
        told = everything_about(Person.objects.select_related("user").get(pk=world.ben.pk))
    return Answer("export", len(told), (), (), repr(told).encode())


def _cookies(browser: Browser) -> Iterator[tuple[str, str]]:
    yield from ((name, morsel.value) for name, morsel in browser.cookies.items())


def _questions(world: World, routes: list[Route], picks: list[int]) -> Iterator[Question]:
    for path in (*_own_pages(world), *_strange_pages(world)):
        yield "GET", path, {}
    for pick in picks:
        yield _picked(world, routes, pick)


def _own_pages(world: World) -> Iterator[str]:
    """The pages that Ben has, or would have."""
    case = world.case.pk
    yield from ("/home/", "/journal/", "/who-looked/", "/children/", f"/cases/{case}/agreement/")
    # Whoever has left may have come back as somebody new to the case.
    mine = Participant.objects.filter(case_id=case, person=world.ben).order_by("-from_at", "pk")
    yield f"/before/{mine[0].pk}/"
    yield f"/before/{mine[0].pk}/questions/brings/"
    # In a family she is his child: he reads and signs for her, and sees nothing of what she signed herself.
    yield f"/before/{world.parts['ana']}/"
    if "dan" in world.parts:
        yield f"/before/{world.parts['dan']}/"
        yield f"/before/{world.parts['dan']}/child/brings/"
    for entry in world.entries.get("ben", [])[-1:]:
        yield f"/journal/{entry}/"
    for about in ("ben", "joint"):
        for note in world.notes.get(about, [])[-1:]:
            yield f"/notes/{note}/"
    yield "/appointments/"
    yield world.calendar
    yield from ("/account/reminders/", "/my-request/mine/", f"/cases/{case}/right-one/", "/requests/")
    yield f"/appointments/times/{case}/"
    for about in ("ben", "joint"):
        for row in world.times.get(about, [])[-1:]:
            yield f"/appointments/{row}/"
    yield "/asked/"
    for asked in Assignment.objects.filter(author_id=world.ben.pk).order_by("created_at", "pk")[:1]:
        yield f"/asked/{asked.pk}/"
        yield f"/asked/{asked.pk}/1/"
        yield f"/my-answers/{asked.pk}/"
    yield from ("/my-answers/", "/opened-to-me/", "/groups/")
    yield f"/cases/{case}/came-in/"
    yield "/alerts/"


def _strange_pages(world: World) -> Iterator[str]:
    """Pages of what is Ana's, in this world or in the other."""
    for strange in world.foreign[:2]:
        yield f"/asked/{strange}/"
        yield f"/alerts/{strange}/"
        yield f"/requests/{strange}/"
        yield f"/appointments/{strange}/"
        yield f"/journal/{strange}/"
        yield f"/notes/{strange}/"


def _picked(world: World, routes: list[Route], pick: int) -> Question:
    """One route of the table, with ids of things that are there, that are somebody else's, or that never were."""
    pick, number = divmod(pick, len(routes))
    pick, method = divmod(pick, len(METHODS))
    route = routes[number]
    mine = [*world.entries.get("ben", []), *world.notes.get("ben", []), *world.notes.get("joint", [])]
    mine += [*world.times.get("ben", []), *world.times.get("joint", [])]
    everything = [*world.foreign, *mine, world.case.pk, world.ana.pk, NEVER]
    path = "/" + route.address
    for name, kind in route.parameters:
        pick, which = divmod(pick, len(everything))
        value = str(world.case.pk if name == "case_id" and which % 4 else everything[which])
        path = path.replace(
            f"<{kind}:{name}>", value if kind == "uuid" else "client" if kind == "slug" else "1"
        )
    fields = {
        "words": "tried", "version": 1, "recipient": world.ana.pk, "kind": "no_secrets", "alone": "no",
        "name": world.ana.name, "reason": "He says that it is an emergency.",
    }  # fmt: skip
    return METHODS[method], path, fields
