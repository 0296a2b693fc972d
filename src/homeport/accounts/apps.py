"""The room's Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "homeport.accounts"
    label = "accounts"

    def ready(self) -> None:
        from homeport.accounts import tasks  # noqa: F401 - registers this room's jobs
        from homeport.accounts.events import listen

        listen()
