"""What access costs as a practice grows: one therapist's 200 cases among 1,000 and among 100,000, on both databases.

One practice of 1,000 cases is built through the models; then it is copied inside the database, ninety-nine times, every
id with another ending: the therapist keeps their 200 cases, and everybody else becomes many. On PostgreSQL it is read
by the role that serves pages, behind the second wall.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

Row = dict[str, Any]
CASELOAD, CASES, COPIES = 200, 1_000, 100
ROUNDS = 60
NEAR = 1.3
VENDORS = ("sqlite", "postgresql")


def measure() -> Iterator[Row]:
    """A row a claim (see ``tests.benchmark``). Each database in a process of its own."""
    for vendor in VENDORS:
        command = [sys.executable, "-m", "tests.benchmark.access_scale", vendor]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            yield {"what": f"access, {vendor}", "value": last[:120], "target": "runs", "ok": False}
        for line in done.stdout.splitlines():
            yield json.loads(line)


def main(vendor: str) -> None:
    """Measure on one database; a JSON line a row."""
    with tempfile.TemporaryDirectory(prefix="homeport-bench-") as folder:
        if not _installation(vendor, folder):
            _say({"what": f"access, {vendor}", "value": "there is no PostgreSQL here", "target": "", "ok": None})
            return
        me, few, begun = _practice(), {}, time.monotonic()
        with _as_pages():
            few = {name: _cost(work) for name, work in _reads(me).items()}
        _multiply()
        built = time.monotonic() - begun
        with _as_pages():
            for name, work in _reads(me).items():
                _compare(f"{name} ({vendor})", few[name], _cost(work))
            for row in _beside(me, vendor):
                _say(row)
        _say({"what": f"{CASES * COPIES:,} cases built ({vendor})", "value": f"{built:.0f} s", "target": "at most 60 s",
              "ok": built <= 60})  # fmt: skip


def _installation(vendor: str, folder: str) -> bool:
    from tests.postgres import cluster

    os.environ.update(HOMEPORT_DATA=folder, DJANGO_SETTINGS_MODULE="homeport.config.settings")
    if vendor == "postgresql":
        if cluster.binaries() is None:
            return False
        # `prepare` needs the server's roles, `migrate` the owner; the pages then sign in by their own role.
        cluster.cluster()
        os.environ.update(cluster.installation(), HOMEPORT_DATABASE_ROLE="owner")
    import django

    django.setup()
    from homeport.config.tables import lay_tables

    lay_tables()
    return True


class _as_pages:  # noqa: N801 - reads as a statement
    """On PostgreSQL, sign in as the role that serves pages; the statistics are fresh before."""

    def __enter__(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        self._sign_in("homeport_web")

    def __exit__(self, *_error: object) -> None:
        self._sign_in("homeport_owner")

    def _sign_in(self, role: str) -> None:
        from django.db import connection

        if connection.vendor == "postgresql":
            connection.close()
            connection.settings_dict["USER"] = role


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
        for row in made_rows:
            row.__dict__.pop("_sealed", None)
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
        else f"WITH RECURSIVE n(copy) AS (SELECT 1 UNION ALL SELECT copy + 1 FROM n WHERE copy < {COPIES - 1}) SELECT copy FROM n"
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
    return found | ({"all that the second wall lets through": unasked} if connection.vendor == "postgresql" else {})


def _cost(work: Callable[[], int]) -> tuple[float, int, int]:
    """Milliseconds (the quicker quarter of many), queries, and rows found."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = work()
    with CaptureQueriesContext(connection) as queries:
        work()
    connection.force_debug_cursor = False
    return _milliseconds(work), len(queries), found


def _milliseconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter_ns()
        work()
        times.append((time.perf_counter_ns() - begun) / 1e6)
    return statistics.quantiles(times, n=4)[0]


def _compare(what: str, few: tuple[float, int, int], many: tuple[float, int, int]) -> None:
    ratio = many[0] / few[0]
    same = few[1:] == many[1:]
    _say({
        "what": f"{what}: among {CASES * COPIES:,} cases against {CASES:,}",
        "value": f"{ratio:.2f} x ({few[0]:.2f} and {many[0]:.2f} ms, {few[1]} and {many[1]} queries)",
        "target": f"at most {NEAR} x, equal queries",
        "ok": ratio <= NEAR and same and many[2] > 0,
    })  # fmt: skip


def _beside(me: UUID, vendor: str) -> Iterator[Row]:
    """What access adds to one row, beside the bare query for it."""
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

    def set_only() -> int:
        with person_set(actor):
            return len(SessionNote.objects.filter(pk=note))

    def through() -> int:
        standing = standing_of(actor)
        with person_set(actor):
            row = annotated(standing, SessionNote).filter(pk=note).first()
        return int(row is not None and may_see(standing, facts_of(row)))

    without, walled, checked = _cost(bare), _cost(set_only), _cost(through)
    assert checked[2] == 1
    if vendor == "postgresql":
        said = f"{walled[0] - without[0]:.2f} ms, {walled[1] - without[1]} query"
        yield {"what": "setting the person, and the second wall (postgresql)", "value": said, "target": "", "ok": None}
    added, more = checked[0] - walled[0], checked[1] - walled[1]
    yield {
        "what": f"what access adds to reading one row ({vendor})",
        "value": f"{added:.2f} ms, {more} query",
        "target": "at most 1 ms and 1 query",
        "ok": added <= 1 and more <= 1,
    }


def _say(row: Row) -> None:
    print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
