"""The room's Django app."""

from django.apps import AppConfig

from homeport.core import jobs, mail


class OutboxConfig(AppConfig):
    name = "homeport.outbox"
    label = "outbox"

    def ready(self) -> None:
        from homeport.outbox import tasks  # noqa: F401 - registers this room's jobs
        from homeport.outbox.services.post import DatabasePost
        from homeport.outbox.services.put_job import DatabaseQueue

        jobs.install_queue(DatabaseQueue())
        mail.install_post(DatabasePost())
