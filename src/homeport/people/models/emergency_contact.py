"""Whom to call, and where a person is during remote sessions."""

from uuid import UUID

from django.db import models

from homeport.core.clock import now
from homeport.core.ids import new_id
from homeport.core.sealed import SealedTextField
from homeport.people.models.person import Person


def _contact_id() -> UUID:
    return new_id("people")


class EmergencyContact(models.Model):
    """One per person: somebody to call, and the place help would have to come to."""

    id = models.UUIDField(primary_key=True, default=_contact_id, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="emergency_contact")
    contact_name = SealedTextField(blank=True)
    contact_phone = SealedTextField(blank=True)
    contact_is = SealedTextField(blank=True)
    location = SealedTextField(blank=True)
    location_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"emergency contact {self.id}"

    @property
    def key_scope(self) -> str:
        """Sealed with the person's own key."""
        return f"person:{self.person_id}"
