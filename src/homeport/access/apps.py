"""The room's Django app."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "homeport.access"
    label = "access"

    def ready(self) -> None:
        from homeport.access.checks import check_clinical_rows
        from homeport.access.second_wall.raising import after_migration

        checks.register(check_clinical_rows)
        post_migrate.connect(after_migration, sender=self)
