"""The room's Django app."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "homeport.safety"
    label = "safety"

    def ready(self) -> None:
        from homeport.safety import tasks  # noqa: F401 - registers this room's jobs
