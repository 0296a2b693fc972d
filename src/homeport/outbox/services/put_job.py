"""Keep a job that somebody asked for."""

from datetime import datetime

from homeport.core.clock import now
from homeport.core.jobs import Argument
from homeport.outbox.models import QueuedJob


class DatabaseQueue:
    """The queue in the database: a job asked for in a transaction that fails was never asked for."""

    def put(
        self, name: str, arguments: dict[str, Argument], *, run_at: datetime | None, key: str | None
    ) -> None:
        """See :class:`homeport.core.jobs.Queue`."""
        wanted = QueuedJob(name=name, arguments=arguments, run_at=run_at or now(), key=key)
        # A key that is already waiting makes this a no-op, in one statement and without ending the transaction.
        QueuedJob.objects.bulk_create([wanted], ignore_conflicts=key is not None)
