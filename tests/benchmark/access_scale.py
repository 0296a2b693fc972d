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

from tests.postgres import cluster

Row = dict[str, Any]
CASELOAD, CASES, COPIES = 200, 1_000, 100
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
        me = _practice()
        if copies > 1:
            _multiply()
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


def _id(number: int) -> UUID:
    """Ids whose last six digits are free for the number of the copy."""
    return UUID(int=(0x5EED << 112) | (4 << 76) | (2 << 62) | (number << 24))


def _practice() -> UUID:
    """A thousand cases of five therapists; returns the first of them."""
    from homeport.access.models import Release
    from homeport.cases.models import CareTeamMember, Case, Participant
    from homeport.core.sealed.box import Sealed
    from homeport.encounters.models import SessionNote
    from homeport.exercises.models import JournalEntry
    from homeport.people.models import Person, Role, RoleHolding

    rows: dict[type[Any], list[Any]] = {}
    made = iter(range(1, 10_000_000))

    def add(model: type[Any], **fields: Any) -> Any:
        row = model(id=_id(next(made)), **fields)
        rows.setdefault(model, []).append(row)
        return row

    words = Sealed(bytes(200))  # never opened here
    staff = [add(Person, name="Thea") for _ in range(CASES // CASELOAD)]
    for person in staff:
        add(RoleHolding, person=person, role=Role.THERAPIST)
    for number in range(CASES):
        lead, client = staff[number % len(staff)], add(Person, name="Cleo")
        case = add(Case, kind="individual", jurisdiction="CA-ON")
        add(CareTeamMember, case=case, person=lead)
        add(Participant, case=case, person=client, role="client")
        about = {"case_id": case.pk, "subject_id": client.pk}
        notes = [add(SessionNote, author_id=lead.pk, words=words, **about) for _ in range(3)]
        entries = [add(JournalEntry, author_id=client.pk, words=words, **about) for _ in range(3)]
        given = {"case_id": case.pk, "given_by_id": client.pk}
        add(Release, material="journal_entry", row_id=entries[0].pk, **given)
        add(Release, material="session_note", row_id=notes[0].pk, recipient_id=client.pk, **given)
    for model, made_rows in rows.items():
        _insert(model, made_rows)
    global _MODELS  # noqa: PLW0603 - what is there to be copied
    _MODELS = list(rows)
    return staff[0].pk


_MODELS: list[type[Any]] = []


def _insert(model: type[Any], rows: list[Any]) -> None:
    from homeport.core.sealed import fields

    # What is sealed already goes in as it is: these words are never opened.
    kept = fields._SealedField.pre_save
    fields._SealedField.pre_save = lambda self, row, add: row.__dict__.get(self.attname)  # type: ignore[method-assign]
    try:
        model._default_manager.bulk_create(rows, batch_size=500)
    finally:
        fields._SealedField.pre_save = kept  # type: ignore[method-assign]


def _multiply() -> None:
    """Copy every table inside the database, each id with another ending."""
    from django.db import connection, transaction

    postgresql = connection.vendor == "postgresql"
    numbers = (
        f"SELECT generate_series(1, {COPIES - 1}) AS copy"
        if postgresql
        else f"WITH RECURSIVE n(copy) AS (SELECT 1 UNION ALL SELECT copy + 1 FROM n WHERE copy < {COPIES - 1}) "
        "SELECT copy FROM n"
    )

    def ending(column: str) -> str:
        if postgresql:
            return f"(left(t.{column}::text, 30) || lpad(to_hex(copy), 6, '0'))::uuid"
        return f"substr(t.{column}, 1, 26) || printf('%06x', copy)"

    with transaction.atomic(), connection.cursor() as cursor:
        for model in _MODELS:
            fields = model._meta.concrete_fields
            names = ", ".join(f'"{field.column}"' for field in fields)
            values = ", ".join(
                ending(f'"{field.column}"') if _is_id(field) else f't."{field.column}"' for field in fields
            )
            table = f'"{model._meta.db_table}"'
            cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} t, ({numbers}) c")


def _is_id(field: Any) -> bool:
    target = field.target_field if field.is_relation else field
    return bool(target.get_internal_type() == "UUIDField")


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


def _cost(work: Callable[[], int]) -> Row:
    """The quickest of some runs in milliseconds, its queries, and the rows found."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        found = work()
    times = []
    for _ in range(RUNS):
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
            return len(SessionNote.objects.filter(pk=note))

    def walled() -> int:
        with person_set(actor):
            return len(SessionNote.objects.filter(pk=note))

    def through() -> int:
        standing = standing_of(actor)
        with person_set(actor):
            row = annotated(standing, SessionNote).filter(pk=note).first()
        return int(row is not None and may_see(standing, facts_of(row)))

    return {"bare": _cost(bare), "walled": _cost(walled), "through": _cost(through)}


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
