"""What access costs as a practice grows: one therapist's 200 cases among 1,000 and among 100,000, on both databases.

One practice of 1,000 cases is built through the models; then it is copied inside the database, ninety-nine times, every
id with another ending: the therapist keeps their 200 cases, and everybody else becomes many. On PostgreSQL it is read
by the role that serves pages, behind the second wall.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from tests.benchmark.large_practice import CASELOAD, CASES, multiply, practice
from tests.postgres import cluster

Row = dict[str, Any]
COPIES = 100
TURNS, RUNS = 10, 6
NEAR = 1.3
VENDORS = ("sqlite", "postgresql")


def measure() -> Iterator[Row]:
    """A row a claim (see ``tests.benchmark``)."""
    for vendor in VENDORS:
        if vendor == "postgresql" and cluster.binaries() is None:
            yield {
                "what": "access (postgresql)",
                "value": "there is no PostgreSQL here",
                "target": "",
                "ok": None,
            }
            continue
        yield from _on(vendor)


def _on(vendor: str) -> Iterator[Row]:
    """Both practices, each in a process of its own, asked by turns: what else the machine does slows both alike."""
    with _Practice(vendor, 1) as few, _Practice(vendor, COPIES) as many:
        for name in few.reads:
            asked: list[tuple[Row, Row]] = [(few.ask(name), many.ask(name)) for _ in range(TURNS)]
            yield _compared(f"{name} ({vendor})", [one for one, _ in asked], [other for _, other in asked])
        beside: list[Row] = [many.ask("beside") for _ in range(TURNS)]
        yield from _beside_rows(vendor, beside)
        built = {"what": f"{CASES * COPIES:,} cases built ({vendor})", "value": f"{many.seconds:.0f} s"}
        yield {**built, "target": "at most 60 s", "ok": many.seconds <= 60}


class _Practice:
    """A process that has built a practice and measures what it is asked."""

    def __init__(self, vendor: str, copies: int) -> None:
        command = [sys.executable, "-m", "tests.benchmark.access_scale", vendor, str(copies)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> "_Practice":
        said = self._read()
        self.reads, self.seconds = said["reads"], said["seconds"]
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.communicate()

    def ask(self, name: str) -> Row:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{name}\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


def main(vendor: str, copies: int) -> None:
    """Build a practice, then measure each thing that is named on standard input; a JSON line each."""
    with tempfile.TemporaryDirectory(prefix="homeport-bench-") as folder:
        _installation(vendor, folder)
        begun = time.monotonic()
        me = practice()
        if copies > 1:
            multiply(copies)
        _become_pages()
        work = _reads(me)
        print(json.dumps({"reads": list(work), "seconds": time.monotonic() - begun}), flush=True)
        for line in sys.stdin:
            name = line.strip()
            print(json.dumps(_beside(me) if name == "beside" else _cost(work[name])), flush=True)


def _installation(vendor: str, folder: str) -> None:
    os.environ.update(HOMEPORT_DATA=folder, DJANGO_SETTINGS_MODULE="homeport.config.settings")
    if vendor == "postgresql":
        os.environ.update(cluster.installation(), HOMEPORT_DATABASE_ROLE="owner")
    import django

    django.setup()
    from homeport.config.tables import lay_tables

    lay_tables()


def _become_pages() -> None:
    """Fresh statistics; and on PostgreSQL, from here on the role that serves pages."""
    from django.db import connection

    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if postgresql else "ANALYZE")
    if postgresql:
        connection.close()
        connection.settings_dict["USER"] = "homeport_web"


def _reads(me: UUID) -> dict[str, Callable[[], int]]:
    """What a page of a therapist reads, through access; and what the second wall makes of a query without any."""
    from django.db import connection

    from homeport.access.rows import visible
    from homeport.access.standing import standing_of
    from homeport.access.wall import person_set
    from homeport.cases.selectors import cases_with_people
    from homeport.core.actor import Actor
    from homeport.encounters.models import SessionNote
    from homeport.exercises.models import JournalEntry

    actor = Actor("person", person_id=me, via="benchmark")

    def caseload() -> int:
        return len(cases_with_people(standing_of(actor).professional_cases))

    def latest(model: Any) -> Callable[[], int]:
        def read() -> int:
            standing = standing_of(actor)
            with person_set(actor):
                return len(visible(standing, model).order_by("-created_at", "pk")[:100])

        return read

    def unasked() -> int:
        with person_set(actor):
            return JournalEntry.objects.count()

    found = {
        f"a caseload of {CASELOAD}": caseload,
        "its latest 100 notes": latest(SessionNote),
        "its latest 100 shared journal entries": latest(JournalEntry),
    }
    return found | (
        {"all that the second wall lets through": unasked} if connection.vendor == "postgresql" else {}
    )


def _cost(work: Callable[[], int], runs: int = RUNS) -> Row:
    """The quickest of some runs in milliseconds, its queries, and the rows found."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        found = work()
    times = []
    for _ in range(runs):
        begun = time.perf_counter_ns()
        work()
        times.append((time.perf_counter_ns() - begun) / 1e6)
    return {"ms": min(times), "queries": len(queries), "rows": found}


def _compared(what: str, few: list[Row], many: list[Row]) -> Row:
    quick, slow = min(one["ms"] for one in few), min(one["ms"] for one in many)
    queries = [{one["queries"] for one in asked} for asked in (few, many)]
    rows = [{one["rows"] for one in asked} for asked in (few, many)]
    return {
        "what": f"{what}: among {CASES * COPIES:,} cases against {CASES:,}",
        "value": f"{slow / quick:.2f} x ({quick:.2f} and {slow:.2f} ms, {max(queries[0])} and {max(queries[1])} queries)",
        "target": f"at most {NEAR} x, equal queries",
        "ok": slow / quick <= NEAR and queries[0] == queries[1] and rows[0] == rows[1] != {0},
    }


def _beside(me: UUID) -> Row:
    """What one row costs: by its bare query, with the person set, and through access."""
    from django.db import connection, transaction

    from homeport.access.decide import may_see
    from homeport.access.rows import annotated, facts_of
    from homeport.access.standing import standing_of
    from homeport.access.wall import person_set
    from homeport.core.actor import Actor
    from homeport.encounters.models import SessionNote

    actor = Actor("person", person_id=me, via="benchmark")
    with person_set(actor):
        note = SessionNote.objects.filter(author_id=me)[0].pk

    def bare() -> int:
        with transaction.atomic() if connection.vendor == "postgresql" else person_set(actor):
            return int(SessionNote.objects.filter(pk=note).first() is not None)

    def walled() -> int:
        with person_set(actor):
            return int(SessionNote.objects.filter(pk=note).first() is not None)

    def through() -> int:
        standing = standing_of(actor)
        with person_set(actor):
            row = annotated(standing, SessionNote).filter(pk=note).first()
        return int(row is not None and may_see(standing, facts_of(row)))

    return {"bare": _cost(bare, 40), "walled": _cost(walled, 40), "through": _cost(through, 40)}


def _beside_rows(vendor: str, asked: list[Row]) -> Iterator[Row]:
    ms = {name: min(one[name]["ms"] for one in asked) for name in asked[0]}
    queries = {name: asked[0][name]["queries"] for name in asked[0]}
    added, more = ms["through"] - ms["walled"], queries["through"] - queries["walled"]
    if vendor == "postgresql":
        wall = f"{ms['walled'] - ms['bare']:.2f} ms, {queries['walled'] - queries['bare']} query"
        yield {
            "what": "the person set, and the second wall passed (postgresql)",
            "value": wall,
            "target": "",
            "ok": None,
        }
    yield {
        "what": f"what access adds to reading one row ({vendor})",
        "value": f"{added:.2f} ms, {more} query",
        "target": "at most 1 ms and 1 query",
        "ok": added <= 1 and more <= 1 and asked[0]["through"]["rows"] == 1,
    }


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
