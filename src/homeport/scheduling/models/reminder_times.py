"""When people are reminded of a meeting."""

from django.db import models

from homeport.people.models import Person
from homeport.scheduling.models.base import Arranged


class ReminderTimes(Arranged):
    """What one person chose, or (``person`` empty, one row) what the practice does where somebody chose nothing.

    ``minutes``: how long before the meeting, each one reminder; none where the list is empty.
    """

    person = models.OneToOneField(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="reminder_times"
    )
    minutes = models.JSONField(default=list)
    by_text = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(person=None), name="one_set_of_reminders_of_the_practice"
            )
        ]

    def __str__(self) -> str:
        return f"reminder times {self.id}"
