"""The room's Django app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "homeport.directory"
    label = "directory"

    def ready(self) -> None:
        from homeport.directory import tasks  # noqa: F401 - registers this room's jobs
