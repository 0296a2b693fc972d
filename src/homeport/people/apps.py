"""The room's Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "homeport.people"
    label = "people"

    def ready(self) -> None:
        from homeport.people import tasks  # noqa: F401 - registers this room's jobs
