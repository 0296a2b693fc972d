"""Who did what to which material, when, why and from where."""

from uuid import UUID

from django.db import models

from homeport.audit.models.append_only import AppendOnly
from homeport.audit.verbs import Verb
from homeport.core.clock import now
from homeport.core.ids import new_id
from homeport.core.sealed import SealedTextField


def _event_id() -> UUID:
    return new_id("audit")


class AuditEvent(AppendOnly):
    """One act. A page that shows many rows is one event with ``count`` of them."""

    id = models.UUIDField(primary_key=True, default=_event_id, editable=False)
    at = models.DateTimeField(default=now)
    actor_kind = models.CharField(max_length=10)
    user_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True, db_index=True)
    origin = models.CharField(max_length=64, blank=True)
    via = models.CharField(max_length=120)
    verb = models.CharField(max_length=20, choices=Verb)
    # A material, or the plain name of what else was touched ("role", "practice").
    material = models.CharField(max_length=40)
    row_id = models.UUIDField(null=True)
    count = models.PositiveIntegerField(default=1)
    case_id = models.UUIDField(null=True, db_index=True)
    subject_id = models.UUIDField(null=True)
    # The person's own words: sealed, and it is the sealed form that the chain hashes, so that erasing them breaks nothing.
    reason = SealedTextField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "-at"], name="audit_by_subject"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.material} at {self.at:%Y-%m-%d %H:%M}"

    @property
    def key_scope(self) -> str:
        """The reason is sealed with the key of the person it is about, or with the audit's own."""
        return f"person:{self.subject_id}" if self.subject_id else "audit"
