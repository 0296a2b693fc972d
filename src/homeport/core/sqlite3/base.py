"""Whoever waits in vain to write leaves nothing behind that holds up the others.

Django leaves the cursor of a ``BEGIN`` that failed to the garbage collector, in a ring with the error. Whichever thread
collects it asks for the lock of its connection; if that one waits to write already again, and the collecting thread is the
one who writes, each waits for the other until the time is out, and leaves the next such ring behind. So one wait in vain
on a busy day became a house that stood still. A cursor that is closed where it failed needs no lock later.
"""

from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite as Django has it, with that cursor closed."""

    transaction_mode: Any

    def _start_transaction_under_autocommit(self) -> None:
        with self.cursor() as cursor:
            cursor.execute(f"BEGIN {self.transaction_mode or ''}".rstrip())
