"""The tables of this room."""

from homeport.outbox.models.outgoing_message import Channel, OutgoingMessage
from homeport.outbox.models.queued_job import QueuedJob

__all__ = ["Channel", "OutgoingMessage", "QueuedJob"]
