"""The tables of this room."""

from homeport.outbox.models.queued_job import QueuedJob

__all__ = ["QueuedJob"]
