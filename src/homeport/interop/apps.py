"""The room's Django app."""

from django.apps import AppConfig


class InteropConfig(AppConfig):
    name = "homeport.interop"
    label = "interop"

    def ready(self) -> None:
        from homeport.interop import tasks  # noqa: F401 - registers this room's jobs
