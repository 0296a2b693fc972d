"""A result that a visitor chose to keep when they signed up."""

from uuid import UUID

from django.db import models

from homeport.core.clock import now
from homeport.core.ids import new_id
from homeport.core.sealed import SealedTextField


def _result_id() -> UUID:
    return new_id("results")


class KeptResult(models.Model):
    """The visit as it travelled in the page, sealed to the person, until the room of assessments takes it over."""

    id = models.UUIDField(primary_key=True, default=_result_id, editable=False)
    person_id = models.UUIDField(db_index=True)
    # Tells the same visit kept twice, without telling which visit it was.
    digest = models.CharField(max_length=64)
    visit = SealedTextField()
    kept_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "digest"], name="a_result_is_kept_once")]

    def __str__(self) -> str:
        return f"kept result {self.id}"

    @property
    def key_scope(self) -> str:
        """Sealed with the person's own key."""
        return f"person:{self.person_id}"
