"""The room's Django app."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "homeport.safety"
    label = "safety"

    def ready(self) -> None:
        from homeport.cases.joining import at_joining
        from homeport.safety import tasks  # noqa: F401 - registers this room's jobs
        from homeport.safety.services.begin_alone import BegunAlone

        at_joining(self.label, BegunAlone())
