"""What the plain tables of this room share."""

from uuid import UUID

from django.db import models

from homeport.core.ids import new_id


def scheduling_id() -> UUID:
    """The id of a new row."""
    return new_id("scheduling")


class Arranged(models.Model):
    """A row that is no clinical material: it says when somebody works or where, never who comes and why."""

    id = models.UUIDField(primary_key=True, default=scheduling_id, editable=False)

    class Meta:
        abstract = True
