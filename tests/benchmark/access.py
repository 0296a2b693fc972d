"""Who may see what: a million random answers against the table written by hand, and what an answer costs a page.

The practice it is timed in is the one of the permission tests, with somebody of every kind in it. Each part runs in a
process of its own. ``measure()`` gives one dict a row: what, value, target, ok.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

Row = dict[str, Any]
QUESTIONS, PORTIONS = 1_000_000, 2
ROUNDS, TIMES = 9, 100
PAGES = {
    "client": ("/home/", "/journal/", "/who-looked/"),
    "own therapist": ("/cases/", "/home/"),
    "manager": ("/practice/",),
}


def measure(*, quick: bool = False) -> Iterator[Row]:
    """The million in two processes at once; then the timings."""
    each = QUESTIONS // PORTIONS // (10 if quick else 1)
    began = time.monotonic()
    running = [_started("questions", str(each), str(number + 1)) for number in range(PORTIONS)]
    wrong = sum(int(_said(process)) for process in running)
    yield {
        "what": f"{each * PORTIONS:,} decisions against the table written by hand",
        "value": f"{wrong} differ ({time.monotonic() - began:.0f} s)",
        "target": "none",
        "ok": wrong == 0,
    }
    for line in _said(_started("timings")).splitlines():
        yield json.loads(line)


def _started(*words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.benchmark.access", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _said(process: "subprocess.Popen[str]") -> str:
    out, fault = process.communicate()
    if process.returncode:
        raise RuntimeError((fault.strip().splitlines() or ["no reason given"])[-1])
    return out


def installation(folder: str) -> None:
    """Django with an empty installation of its own."""
    os.environ.update(HOMEPORT_DATA=folder, DJANGO_SETTINGS_MODULE="homeport.config.settings")
    import django

    django.setup()
    from django.conf import settings

    from homeport.config.tables import lay_tables

    lay_tables()
    settings.STATIC_ROOT = folder
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def questions(count: int, seed: int) -> None:
    """Print how many of ``count`` random questions the two answer differently."""
    with tempfile.TemporaryDirectory(prefix="homeport-bench-") as folder:
        installation(folder)
        from tests.permissions.test_table import disagreements

        print(disagreements(count, seed))


def timings() -> None:
    """Print one row a claim."""
    with tempfile.TemporaryDirectory(prefix="homeport-bench-") as folder:
        installation(folder)
        from tests.permissions.undoing import undone

        with undone():
            for row in _timed():
                print(json.dumps(row))


def _timed() -> Iterator[Row]:
    from tests.factories.people import acting
    from tests.permissions.world import build

    from homeport.access.decide import may_see
    from homeport.access.rows import annotated, facts_of
    from homeport.access.standing import standing_of
    from homeport.core.actor import Actor
    from homeport.exercises.models import JournalEntry

    world = build()
    row = annotated(standing_of(acting(world.people["client"])), JournalEntry)[0]

    def decided(actor: Actor) -> Callable[[], bool]:
        return lambda: may_see(standing_of(actor), facts_of(row))

    slowest = max(_milliseconds(decided(acting(person))) for person in world.people.values())
    yield {
        "what": "standing and decision, the slowest of every kind of person",
        "value": f"{slowest:.3f} ms",
        "target": "under 1 ms",
        "ok": slowest < 1,
    }
    yield from _queries(world)


def _queries(world: Any) -> Iterator[Row]:
    """The queries that a page makes to know what somebody may see: those of the standing."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from homeport.access import gate

    most, asked = 0, gate.standing_of

    def counted(actor: Any) -> Any:
        nonlocal most
        with CaptureQueriesContext(connection) as captured:
            found = asked(actor)
        here.append(len(captured))
        return found

    gate.standing_of = counted
    try:
        for who, paths in PAGES.items():
            for path in paths:
                here: list[int] = []
                assert world.browsers[who].get(path).status == 200, path
                most = max(most, sum(here))
    finally:
        gate.standing_of = asked
    yield {
        "what": "queries that a page makes to know what one may see",
        "value": f"{most}",
        "target": "at most 1",
        "ok": most <= 1,
    }


def _milliseconds(work: Callable[[], object]) -> float:
    """The median of the rounds' means."""
    work()
    rounds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for _ in range(TIMES):
            work()
        rounds.append((time.perf_counter() - began) / TIMES * 1000)
    return median(rounds)


if __name__ == "__main__":
    if sys.argv[1:2] == ["questions"]:
        questions(int(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1:] == ["timings"]:
        timings()
    else:
        for one in measure():
            print(one)
