"""This room's own recurring work."""

from datetime import timedelta
from uuid import UUID

from django.db import connection

from homeport.core import keys
from homeport.core.clock import now
from homeport.core.jobs import job
from homeport.outbox.models import OutgoingMessage, QueuedJob
from homeport.outbox.services.deliver_message import ATTEMPTS, deliver_message
from homeport.outbox.services.put_message import DELIVER, ask_to_deliver

KEEP_DONE = timedelta(days=7)
KEEP_FAILED = timedelta(days=90)
KEEP_MESSAGES = timedelta(days=90)
OVERDUE = timedelta(minutes=10)


@job(DELIVER, attempts=ATTEMPTS)
def deliver(message_id: str) -> None:
    """Send one message."""
    deliver_message(message_id=UUID(message_id))


@job("outbox.sweep", every=timedelta(minutes=10))
def sweep() -> None:
    """Ask again for messages whose job was given up while their worker died: never none."""
    late = OutgoingMessage.objects.filter(state__in=OutgoingMessage.LIVE, run_at__lt=now() - OVERDUE)
    for message in late.order_by("run_at")[:500]:
        ask_to_deliver(message)


@job("outbox.tidy", every=timedelta(hours=24))
def tidy() -> None:
    """Forget finished jobs and messages after a while, and let SQLite refresh what it knows of its tables."""
    state = QueuedJob.State
    QueuedJob.objects.filter(state=state.DONE, finished_at__lt=now() - KEEP_DONE).delete()
    QueuedJob.objects.filter(state=state.FAILED, finished_at__lt=now() - KEEP_FAILED).delete()
    _tidy_messages()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")
            if not connection.in_atomic_block:
                # Deleted rows leave the write-ahead log too, not only the table.
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _tidy_messages() -> None:
    """Messages three months after they were due, and the keys of months that no message is left of."""
    over = OutgoingMessage.objects.filter(state__in=OutgoingMessage.OVER)
    over.filter(run_at__lt=now() - KEEP_MESSAGES).delete()
    for scope in keys.scopes_under("outbox:"):
        is_past = scope < f"outbox:{now() - KEEP_MESSAGES:%Y-%m}"
        if is_past and not OutgoingMessage.objects.filter(scope=scope).exists():
            keys.destroy(scope)
