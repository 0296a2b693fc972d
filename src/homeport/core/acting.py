"""In whose name the database is asked.

Whoever opens a transaction on PostgreSQL reads :func:`person_acting` and says it to the server for that transaction
alone, so that row-level security knows whom it serves. On SQLite nothing reads it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

_person: ContextVar[UUID | None] = ContextVar("homeport_person_acting", default=None)


def person_acting() -> UUID | None:
    """The person in whose name the database is asked now; None for nobody known."""
    return _person.get()


def act_for(person_id: UUID | None) -> None:
    """From here on, until the surrounding :func:`nobody_acting` ends, it is ``person_id``."""
    _person.set(person_id)


@contextmanager
def nobody_acting() -> Iterator[None]:
    """A block that begins with nobody known, and leaves nothing of itself behind."""
    token = _person.set(None)
    try:
        yield
    finally:
        _person.reset(token)
