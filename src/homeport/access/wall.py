"""For whom a transaction runs.

On PostgreSQL the database itself shows the web role only rows that may concern the person set for the transaction
(``homeport.access.second_wall``). Whoever reads or writes clinical rows does it inside :func:`person_set`: the gate for
reading, :func:`acting` around a service for writing. On SQLite there is nothing to set.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

from django.db import connection, transaction

from homeport.access.second_wall.functions import ACT_AS
from homeport.core.actor import Actor

Given = ParamSpec("Given")
Done = TypeVar("Done")


@contextmanager
def person_set(actor: Actor) -> Iterator[None]:
    """Everything inside is one transaction that runs for this person; for a system or an anonymous actor, for nobody.

    What is set ends with the transaction: nobody who borrows the connection later inherits it. Inside another transaction
    it is set for this part of it, and what was set before comes back. On SQLite nothing happens, not even a transaction.
    """
    if connection.vendor != "postgresql":
        yield
    elif connection.in_atomic_block:
        with _named(actor, takes_back=True):
            yield
    else:
        with transaction.atomic(), _named(actor, takes_back=False):
            yield


def acting(service: Callable[Given, Done]) -> Callable[Given, Done]:
    """Decorate a service that reads or writes clinical rows: one transaction, for whoever its keyword ``actor`` is."""

    @wraps(service)
    def for_actor(*args: Given.args, **kwargs: Given.kwargs) -> Done:
        actor = cast(Actor, kwargs["actor"])
        takes_back = connection.in_atomic_block
        with transaction.atomic(), _named(actor, takes_back=takes_back):
            return service(*args, **kwargs)

    return for_actor


@contextmanager
def _named(actor: Actor, *, takes_back: bool) -> Iterator[None]:
    """Set the person in the open transaction; ``takes_back``: it goes on afterwards, for whoever it ran for before."""
    person_id = actor.person_id if actor.is_person else None
    before: UUID | None = getattr(connection, "homeport_person", None)
    if connection.vendor != "postgresql" or person_id == before:
        yield
        return
    _say(person_id)
    try:
        yield
    finally:
        connection.homeport_person = before  # type: ignore[attr-defined]
        # A transaction that is broken is rolled back to where this person was not set yet.
        if takes_back and not connection.needs_rollback and _is_sound():
            _say(before)


def _say(person_id: UUID | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ACT_AS, [person_id])
    connection.homeport_person = person_id  # type: ignore[attr-defined]


def _is_sound() -> bool:
    from psycopg.pq import TransactionStatus

    held: Any = connection.connection
    return held is not None and held.info.transaction_status == TransactionStatus.INTRANS
