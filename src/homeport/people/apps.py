"""The room's Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "homeport.people"
    label = "people"

    def ready(self) -> None:
        from homeport.accounts.bearer import install_people
        from homeport.people import tasks  # noqa: F401 - registers this room's jobs
        from homeport.people.bearers import PeopleHere

        install_people(PeopleHere())
