"""The room's Django app."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "homeport.assessments"
    label = "assessments"

    def ready(self) -> None:
        from homeport.assessments import tasks  # noqa: F401 - registers this room's jobs
