"""Counting what a page asks of the database, alike on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

# How a test changes roles, how a transaction says for whom it runs, and where transactions begin and end.
ASIDE = (
    "SET ROLE",
    "SELECT current_user",
    "SELECT homeport_act_as",
    "SAVEPOINT",
    "RELEASE",
    "BEGIN",
    "COMMIT",
)


@contextmanager
def at_most(number: int) -> Iterator[None]:
    """No more than ``number`` queries inside, the setting of the person on PostgreSQL aside."""
    with CaptureQueriesContext(connection) as captured:
        yield
    asked = [str(query["sql"]) for query in _asked(captured)]
    assert len(asked) <= number, f"{len(asked)}, not {number}:\n" + "\n".join(sql[:160] for sql in asked)


@contextmanager
def exactly(number: int) -> Iterator[None]:
    """The same, and no fewer."""
    with CaptureQueriesContext(connection) as captured:
        yield
    asked = [str(query["sql"]) for query in _asked(captured)]
    assert len(asked) == number, f"{len(asked)}, not {number}:\n" + "\n".join(sql[:160] for sql in asked)


def _asked(captured: CaptureQueriesContext) -> list[Any]:
    return [query for query in captured.captured_queries if not str(query["sql"]).startswith(ASIDE)]
