"""The table of data keys. It lives in the database called ``keys`` and is backed up apart, for a short time only."""

from uuid import UUID

from django.db import models

from homeport.core.clock import now
from homeport.core.ids import new_id


def _key_id() -> UUID:
    return new_id("keys")


class DataKey(models.Model):
    """One data key, wrapped. ``wrapped`` is empty once it is destroyed; the row stays, to say that it was."""

    id = models.UUIDField(primary_key=True, default=_key_id, editable=False)
    scope = models.CharField(max_length=120)
    generation = models.PositiveIntegerField(default=1)
    wrapped = models.BinaryField()
    wrapped_by = models.CharField(max_length=40, db_index=True)
    created_at = models.DateTimeField(default=now)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "core"
        constraints = [models.UniqueConstraint(fields=["scope", "generation"], name="one_key_a_generation")]

    def __str__(self) -> str:
        return f"{self.scope} #{self.generation}"


class KeysRouter:
    """Data keys go to the database ``keys``; nothing else does."""

    def db_for_read(self, model: type[models.Model], **_hints: object) -> str | None:
        return "keys" if model is DataKey else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool | None:
        return (db == "keys") == (app_label == "core")
