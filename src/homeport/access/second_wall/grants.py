"""What the web role and the worker may do to which table. A table that is not listed here is closed to both."""

from collections import defaultdict

from django.apps import apps
from django.db import models, router

from homeport.audit.models import AuditLink
from homeport.audit.models.append_only import AppendOnly
from homeport.core.keys.models import DataKey

Rights = tuple[str, ...]
ALL: Rights = ("SELECT", "INSERT", "UPDATE", "DELETE")
ADD: Rights = ("SELECT", "INSERT")
# A destroyed key leaves its row behind, which says that it was: nothing deletes one.
KEYS: Rights = ("SELECT", "INSERT", "UPDATE")
LOOK: Rights = ("SELECT",)
MIGRATIONS = "django_migrations"


def rights(model: type[models.Model], role: str) -> Rights:
    """The rights of ``web`` or ``worker`` on the table of one model."""
    if model is AuditLink and role == "web":
        return LOOK  # the chain is the worker's to write
    if issubclass(model, AppendOnly):
        return ADD
    return KEYS if model is DataKey else ALL


def tables(alias: str) -> list[type[models.Model]]:
    """The models whose tables lie in the store ``alias``."""
    found = apps.get_models(include_auto_created=True)
    kept = [model for model in found if model._meta.managed and not model._meta.proxy]
    return [model for model in kept if router.allow_migrate_model(alias, model)]


def by_rights(alias: str, role: str) -> dict[Rights, list[str]]:
    """The tables of a store by what ``role`` may do to them."""
    found: dict[Rights, list[str]] = defaultdict(list)
    for model in tables(alias):
        found[rights(model, role)].append(model._meta.db_table)
    found[LOOK].append(MIGRATIONS)
    return dict(found)
