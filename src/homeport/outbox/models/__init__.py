"""The tables of this room."""

from homeport.outbox.models.outgoing_message import Channel, OutgoingMessage, begins_with
from homeport.outbox.models.queued_job import QueuedJob

__all__ = ["Channel", "OutgoingMessage", "QueuedJob", "begins_with"]
