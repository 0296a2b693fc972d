"""Take the next job that is due, and run it."""

import logging
import traceback
from datetime import timedelta

from django.db.models import Q, QuerySet

from homeport.core import jobs
from homeport.core.clock import now
from homeport.outbox.models import QueuedJob

log = logging.getLogger("homeport.outbox")
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=6)


def run_next_job() -> bool:
    """Run one job that is due. Returns whether there was one.

    A job is taken by a conditional update, so that of two workers one gets it. A worker that dies leaves its lease to
    lapse; then the job is due again. An error is told by its kind and place: its words may hold what a person wrote.
    """
    row = _claim()
    if row is None:
        return False
    job = jobs.registered(row.name)
    assert job is not None  # _claim gives only jobs that this installation knows
    try:
        job.function(**row.arguments)
    except Exception as error:
        _failed(row, job, _kind_and_place(error))
    else:
        _finish(row, QueuedJob.State.DONE)
        if job.every is not None:
            schedule(job)
    return True


def schedule(job: jobs.Job, *, soon: bool = False) -> None:
    """Make sure that the next run of a recurring job is waiting."""
    assert job.every is not None
    jobs.enqueue(job.name, key=f"recurring:{job.name}", run_at=now() if soon else now() + job.every)


def _claim() -> QueuedJob | None:
    state = QueuedJob.State
    due = Q(state=state.WAITING, run_at__lte=now()) | Q(state=state.RUNNING, leased_until_at__lte=now())
    # Others are kept for an installation that knows them, such as the one before a downgrade.
    known = QueuedJob.objects.filter(due, name__in=jobs.names())
    for row in known.order_by("run_at")[:20]:
        job = jobs.registered(row.name)
        assert job is not None
        if row.state == state.RUNNING and row.attempts >= job.attempts:
            _failed(row, job, "its worker died each time")
            continue
        unchanged = QueuedJob.objects.filter(pk=row.pk, state=row.state, leased_until_at=row.leased_until_at)
        row.attempts += 1
        lease = now() + job.lease
        if unchanged.update(state=state.RUNNING, leased_until_at=lease, attempts=row.attempts):
            row.state, row.leased_until_at = state.RUNNING, lease
            return row
    return None


def _failed(row: QueuedJob, job: jobs.Job, error: str) -> None:
    log.error("Job %s failed (try %d of %d): %s", row.name, row.attempts, job.attempts, error)
    if row.attempts >= job.attempts:
        _finish(row, QueuedJob.State.FAILED, error)
        if job.every is not None:
            schedule(job)
        return
    delay = min(FIRST_DELAY * 2 ** (row.attempts - 1), LONGEST_DELAY)
    _held(row).update(state=QueuedJob.State.WAITING, run_at=now() + delay, leased_until_at=None, error=error)


def _finish(row: QueuedJob, state: QueuedJob.State, error: str = "") -> None:
    _held(row).update(state=state, finished_at=now(), leased_until_at=None, error=error)


def _held(row: QueuedJob) -> QuerySet[QueuedJob]:
    """The row, only while this worker's lease on it stands: one that was taken over belongs to another."""
    return QueuedJob.objects.filter(pk=row.pk, state=row.state, leased_until_at=row.leased_until_at)


def _kind_and_place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = next(
        (f"{f.name}:{f.lineno}" for f in reversed(frames) if "homeport" in f.filename), "outside Homeport"
    )
    return f"{type(error).__name__} in {place}"[:200]
