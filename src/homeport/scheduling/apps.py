"""The room's Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SchedulingConfig(AppConfig):
    name = "homeport.scheduling"
    label = "scheduling"

    def ready(self) -> None:
        from homeport.cases.endings import Ending, at
        from homeport.cases.joining import at_joining
        from homeport.scheduling import busy_tasks, reminder_tasks, tasks  # noqa: F401 - register their jobs
        from homeport.scheduling.no_double_booking import after_migration
        from homeport.scheduling.services import end_in_case
        from homeport.scheduling.services.join_in_case import InMeetings

        at(Ending.CASE, end_in_case.when_case_closes)
        at(Ending.PART, end_in_case.when_part_ends)
        at(Ending.PART_OVER, end_in_case.when_part_is_over)
        at(Ending.CARE, end_in_case.when_care_ends)
        at_joining(self.label, InMeetings())
        post_migrate.connect(after_migration, sender=self, dispatch_uid="scheduling.no_double_booking")
