"""A licence to practise, and who looked at it."""

from uuid import UUID

from django.db import models

from homeport.core.clock import today
from homeport.core.ids import new_id
from homeport.people.models.person import Person
from homeport.people.models.therapist import Therapist


def _licence_id() -> UUID:
    return new_id("people")


class Licence(models.Model):
    """Where a therapist may practise, by whose word, until when."""

    id = models.UUIDField(primary_key=True, default=_licence_id, editable=False)
    therapist = models.ForeignKey(Therapist, on_delete=models.PROTECT, related_name="licences")
    jurisdiction = models.CharField(max_length=10, db_index=True)
    body = models.CharField(max_length=120)
    number = models.CharField(max_length=60)
    expires_on = models.DateField()
    version = models.PositiveIntegerField(default=1)
    verified_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "body", "number"], name="a_licence_is_one_therapists"
            ),
            models.CheckConstraint(
                condition=models.Q(verified_at=None, verified_by=None)
                | models.Q(verified_at__isnull=False, verified_by__isnull=False),
                name="a_verification_has_a_verifier",
            ),
        ]

    def __str__(self) -> str:
        return f"licence {self.id}"

    @property
    def stands(self) -> bool:
        """Verified by a human and not expired."""
        return self.verified_at is not None and self.expires_on >= today()
