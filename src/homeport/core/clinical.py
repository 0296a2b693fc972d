"""The base of everything clinical.

Access, row-level security, encryption, audit, export, erasure and retention all read it, and know nothing of the rooms
below: a new kind of material is safe by being declared.
"""

from typing import ClassVar
from uuid import UUID

from django.apps import apps
from django.db import models

from homeport.core.clock import now
from homeport.core.ids import new_id
from homeport.core.materials import Material


def _row_id() -> UUID:
    return new_id("clinical rows")


class ClinicalRow(models.Model):
    """One piece of clinical material.

    ``case_id`` is the case it belongs to (none for what a person writes outside any case), ``subject_id`` the person it
    is about (none for what is joint), ``author_id`` the person who made it. They are plain ids: this room knows nothing of
    cases or persons. Each concrete kind names its ``material``.
    """

    material: ClassVar[Material]
    # What a person writes for themselves is sealed with their own key, in a case or not: it is theirs to erase.
    is_authors_own: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=_row_id, editable=False)
    case_id = models.UUIDField(null=True, blank=True, db_index=True)
    subject_id = models.UUIDField(null=True, blank=True, db_index=True)
    author_id = models.UUIDField(db_index=True)
    # Of two people who change a row at once, the second is told: every change asks for the version it began with.
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        abstract = True

    def access_conditions(self) -> frozenset[str]:
        """The conditions of the access table that this row itself answers ("an alert on it is open"), by name."""
        return frozenset()

    @classmethod
    def access_condition(cls, _name: str) -> models.Q:
        """The rows for which the condition of that name holds: the same answer as above, for a query."""
        return models.Q(pk__in=[])

    @property
    def key_scope(self) -> str:
        """Whose key seals the words of this row: a person's own, a person's in a case, or the case's joint one."""
        if self.is_authors_own:
            return f"person:{self.author_id}"
        return scope_of(case_id=self.case_id, subject_id=self.subject_id, author_id=self.author_id)


def scope_of(*, case_id: UUID | None, subject_id: UUID | None, author_id: UUID) -> str:
    """The key scope of a row: destroying that key makes all rows of the scope unreadable, and no other."""
    if case_id is None:
        return f"person:{subject_id or author_id}"
    return f"case:{case_id}:person:{subject_id}" if subject_id else f"case:{case_id}:joint"


def clinical_models() -> list[type[ClinicalRow]]:
    """Every concrete kind of clinical row of this installation, in the order of their labels."""
    found = [model for model in apps.get_models() if issubclass(model, ClinicalRow)]
    return sorted(found, key=lambda model: model._meta.label)
