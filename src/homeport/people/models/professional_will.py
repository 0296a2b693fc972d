"""Who looks after a therapist's clients when the therapist no longer can."""

from uuid import UUID

from django.db import models

from homeport.core.clock import now
from homeport.core.ids import new_id
from homeport.core.sealed import SealedTextField
from homeport.people.models.person import Person


def _will_id() -> UUID:
    return new_id("people")


class ProfessionalWill(models.Model):
    """The executor a therapist named, and what they ask of them. It opens nothing until a manager puts it into force."""

    id = models.UUIDField(primary_key=True, default=_will_id, editable=False)
    therapist = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="professional_will")
    executor_name = models.CharField(max_length=120)
    executor_email = models.EmailField()
    wishes = SealedTextField(blank=True)
    changed_at = models.DateTimeField(default=now)
    in_force_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"professional will {self.id}"

    @property
    def key_scope(self) -> str:
        """Sealed with the therapist's own key."""
        return f"person:{self.therapist_id}"
