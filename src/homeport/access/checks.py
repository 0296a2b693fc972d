"""What `homeport check` finds wrong with a kind of clinical row before it keeps anything."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db.models import UniqueConstraint

from homeport.access.table import TABLE
from homeport.core.clinical import ClinicalRow, clinical_models

NO_PLACE, TELLS = "access.E001", "access.E002"


def check_clinical_rows(
    app_configs: Sequence[AppConfig] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    """Every kind has its place in the table, and no rule of uniqueness that tells of rows nobody may see."""
    kinds = [
        model for model in clinical_models() if app_configs is None or model._meta.app_config in app_configs
    ]
    return [fault for model in kinds for fault in _faults(model)]


def _faults(model: type[ClinicalRow]) -> Iterator[checks.CheckMessage]:
    if getattr(model, "material", None) not in TABLE:
        yield checks.Error(
            f"{model._meta.label} names no material that the table of who may see what has.",
            hint="Set `material`, and write its row into homeport.access.table.",
            obj=model,
            id=NO_PLACE,
        )
    for columns in _unique(model):
        if "author_id" not in columns:
            yield checks.Error(
                f"{model._meta.label} keeps {', '.join(columns)} unique: the error would tell of rows that are hidden.",
                hint="Take author_id into the rule: then only who may write in that name can meet it.",
                obj=model,
                id=TELLS,
            )


def _unique(model: type[ClinicalRow]) -> Iterator[tuple[str, ...]]:
    """The columns of each rule of uniqueness, besides the id, which is random and ours."""
    for field in model._meta.local_concrete_fields:
        if field.unique and not field.primary_key:
            yield (field.attname,)
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield tuple(constraint.fields) or ("an expression",)
    yield from (tuple(fields) for fields in model._meta.unique_together)
