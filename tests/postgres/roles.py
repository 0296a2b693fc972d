"""Taking on one of the three roles in the middle of a test.

The tests sign in as the owner, which may make anything. Inside :func:`as_role` the same connection has the rights of that
role and no others, behind the second wall, as a process signed in by that name would.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from django.db import connections
from psycopg.pq import TransactionStatus

BOTH = ("default", "keys")


@contextmanager
def as_role(role: str, aliases: Sequence[str] = BOTH) -> Iterator[None]:
    """Everything inside is done by ``web`` or ``worker``."""
    with ExitStack() as roles:
        for alias in aliases:
            roles.enter_context(_as(alias, f"homeport_{role}"))
        yield


@contextmanager
def _as(alias: str, name: str) -> Iterator[None]:
    connection = connections[alias]
    if connection.vendor != "postgresql":
        yield
        return
    # By the driver's own hand: what only the test does is not counted among the queries of what it tests.
    connection.ensure_connection()
    row = connection.connection.execute("SELECT current_user").fetchone()
    connection.connection.execute(f"SET ROLE {name}")
    try:
        yield
    finally:
        # A broken transaction takes the role back itself.
        held = connection.connection
        if held is not None and held.info.transaction_status != TransactionStatus.INERROR:
            held.execute(f"SET ROLE {row[0]}")
