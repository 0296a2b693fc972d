"""Whatever happens inside is taken back, in both stores."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import connections, transaction

from homeport.core.keys import store


@contextmanager
def undone() -> Iterator[None]:
    """Everything written inside is taken back at the end. Blocks may lie in one another.

    Marked as a test's own, so that what must be in a transaction of its own (the audit of a reading) may still begin one.
    """
    with ExitStack() as stack:
        for alias in ("default", "keys"):
            block = transaction.atomic(using=alias)
            block._from_testcase = True  # type: ignore[attr-defined]
            stack.enter_context(block)
        try:
            yield
        finally:
            for alias in ("default", "keys"):
                transaction.set_rollback(True, using=alias)
            # Keys that were opened inside may have gone with it.
            store._opened.forget()
            assert all(connections[alias].in_atomic_block for alias in ("default", "keys"))
