"""This room's own recurring work."""

from datetime import timedelta

from django.db import connection

from homeport.core.clock import now
from homeport.core.jobs import job
from homeport.outbox.models import QueuedJob

KEEP_DONE = timedelta(days=7)
KEEP_FAILED = timedelta(days=90)


@job("outbox.tidy", every=timedelta(hours=24))
def tidy() -> None:
    """Forget finished jobs after a while, and let SQLite refresh what it knows of its tables."""
    state = QueuedJob.State
    QueuedJob.objects.filter(state=state.DONE, finished_at__lt=now() - KEEP_DONE).delete()
    QueuedJob.objects.filter(state=state.FAILED, finished_at__lt=now() - KEEP_FAILED).delete()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")
            if not connection.in_atomic_block:
                # Deleted rows leave the write-ahead log too, not only the table.
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
