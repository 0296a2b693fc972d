"""The address at which a person's own calendar reads their times."""

from django.db import models

from homeport.core.clock import now
from homeport.people.models import Person
from homeport.scheduling.models.base import Arranged


class CalendarFeed(Arranged):
    """One address for one person, until they ask for another or for none. Only a digest of its secret is kept."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_feed")
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"calendar feed {self.id}"
