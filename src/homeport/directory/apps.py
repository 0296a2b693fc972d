"""The room's Django app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "homeport.directory"
    label = "directory"

    def ready(self) -> None:
        from homeport.directory import tasks  # noqa: F401 - registers this room's jobs
        from homeport.directory.services.remind_of_call import FirstCalls
        from homeport.scheduling.beside import beside

        beside(self.label, FirstCalls())
