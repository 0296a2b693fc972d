"""The room's Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "homeport.audit"
    label = "audit"

    def ready(self) -> None:
        from homeport.audit import tasks  # noqa: F401 - registers this room's jobs
