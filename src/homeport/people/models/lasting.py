"""What holds from one moment until another: a role, a supervision, a cover, a guardianship."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import models
from django.db.models import Q

from homeport.core.clock import now
from homeport.core.ids import new_id


def _lasting_id() -> UUID:
    return new_id("people")


def holds_at(moment: datetime, prefix: str = "") -> Q:
    """The condition "holds at ``moment``", for joins: ``prefix`` is the path to the lasting row."""
    begun = Q(**{f"{prefix}from_at__lte": moment})
    return begun & (Q(**{f"{prefix}until_at": None}) | Q(**{f"{prefix}until_at__gt": moment}))


class Lasting(models.Model):
    """The base: never deleted, only ended, so that what was true then can be told later."""

    id = models.UUIDField(primary_key=True, default=_lasting_id, editable=False)
    from_at = models.DateTimeField(default=now)
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def last_moment(self) -> datetime | None:
        """The last moment at which it holds: the end of a day, where it ends with one."""
        return self.until_at - timedelta(microseconds=1) if self.until_at else None

    @property
    def holds(self) -> bool:
        """Whether it holds now."""
        return self.from_at <= now() and (self.until_at is None or self.until_at > now())
