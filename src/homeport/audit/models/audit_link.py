"""The chain over the events: apart from them, so that an event is never touched again."""

from django.db import models

from homeport.audit.models.append_only import AppendOnly
from homeport.core.clock import now


class AuditLink(AppendOnly):
    """The place of one event in the chain, with the hash over it and all before it."""

    sequence = models.BigIntegerField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    hash = models.BinaryField(max_length=32)
    linked_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"link {self.sequence}"
