"""A job that waits, runs, is done or has failed for good."""

from uuid import UUID

from django.db import models

from homeport.core.clock import now
from homeport.core.ids import new_id


def _job_id() -> UUID:
    return new_id("jobs")


class QueuedJob(models.Model):
    """One asked-for piece of work. Arguments are ids; of an error only its kind and place are kept, never its words."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    # From each state, the states that may follow. RUNNING to RUNNING is a lease that lapsed and was taken over.
    TRANSITIONS = {
        State.WAITING: {State.RUNNING},
        State.RUNNING: {State.RUNNING, State.WAITING, State.DONE, State.FAILED},
        State.DONE: set[State](),
        State.FAILED: set[State](),
    }

    id = models.UUIDField(primary_key=True, default=_job_id, editable=False)
    name = models.CharField(max_length=100)
    arguments = models.JSONField(default=dict)
    # Of jobs with one key at most one waits or runs at a time.
    key = models.CharField(max_length=150, null=True, blank=True)  # noqa: DJ001 - null, so that many can have none
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    run_at = models.DateTimeField(default=now)
    leased_until_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="one_live_job_a_key",
            )
        ]
        indexes = [
            # Whole, not of live jobs alone: SQLite does not see that a worker asks for no others.
            models.Index(fields=["state", "run_at"], name="jobs_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"
