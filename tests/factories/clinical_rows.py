"""A clinical row of any kind, for tests of what holds for all of them: what it needs is made up from its fields."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import models

from homeport.core.clinical import ClinicalRow
from homeport.core.clock import now
from homeport.core.ids import new_id
from homeport.core.sealed import SealedJSONField, SealedTextField

Related = Callable[[type[models.Model]], models.Model]
# Of fields with a meaning that the database itself holds them to.
KNOWN: dict[str, Callable[[], Any]] = {
    "begins_at": now,
    "ends_at": lambda: now() + timedelta(minutes=50),
    "zone": lambda: "UTC",
    "language": lambda: "en",
}


def a_bare_row(
    model: Any,
    *,
    author_id: UUID,
    subject_id: UUID | None,
    case_id: UUID | None,
    related: Related | None = None,
    **given: Any,
) -> Any:
    """One row of this kind with nothing in it that anybody would read. ``related`` makes the rows it hangs on."""
    ids: dict[str, UUID | None] = {"author_id": author_id, "subject_id": subject_id, "case_id": case_id}

    def own(other: type[models.Model]) -> models.Model:
        return a_bare_row(other, **ids) if issubclass(other, ClinicalRow) else a_plain_row(other)  # type: ignore[arg-type]

    values = {**ids, **given}
    for field in model._meta.fields:
        if field.attname not in values and field.name not in values and _is_needed(field):
            values[field.name] = _made_up(field, related or own)
    return model._default_manager.create(**values)


def a_plain_row(model: type[models.Model]) -> models.Model:
    """A row that is no clinical one, such as what an appointment is booked from, with all that it hangs on."""
    needed = [field for field in model._meta.fields if _is_needed(field)]
    return model._default_manager.create(**{field.name: _made_up(field, a_plain_row) for field in needed})


def _is_needed(field: Any) -> bool:
    return not (field.has_default() or field.null or field.primary_key) and (
        field.get_internal_type() != "CharField" or not field.blank
    )


def _made_up(field: Any, related: Related) -> Any:
    if field.name in KNOWN:
        return KNOWN[field.name]()
    if field.related_model is not None:
        return related(field.related_model)
    if isinstance(field, SealedTextField):
        return "what was written"
    if isinstance(field, SealedJSONField | models.JSONField):
        return {}
    if isinstance(field, models.UUIDField):
        return new_id("made up")
    if isinstance(field, models.DateTimeField):
        return now()
    if isinstance(field, models.DateField):
        return now().date()
    if isinstance(field, models.CharField | models.TextField):
        if field.choices:
            return next(iter(dict(field.flatchoices)))
        return new_id("made up").hex[: field.max_length or 32]
    return 1
