"""An invitation to join the practice."""

from uuid import UUID

from django.db import models

from homeport.core.clock import now
from homeport.core.ids import new_id
from homeport.people.models.person import Person


def _invitation_id() -> UUID:
    return new_id("people")


class Invitation(models.Model):
    """Sent to an address, used once, within its time. Only the hash of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=_invitation_id, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    roles = models.JSONField(default=list)
    secret_hash = models.BinaryField(max_length=32, unique=True)
    invited_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    # Where the person it is for is already known here: a client whom the desk entered.
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"invitation {self.id}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be used."""
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > now()
