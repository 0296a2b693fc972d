"""Rows that are written once."""

from typing import Any, NoReturn

from django.db import models


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete what is only ever added to."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """A query that cannot change or delete."""

    def update(self, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError("The audit is never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("The audit is never deleted from.")

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError("The audit is never changed.")


class AppendOnly(models.Model):
    """The base of the room's tables. On PostgreSQL the web role has no right to update or delete them either."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("The audit is never changed.")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError("The audit is never deleted from.")
