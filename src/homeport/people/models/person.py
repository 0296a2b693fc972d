"""One human being, with at most one sign-in. A four-year-old has none."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import models

from homeport.core.clock import now, today
from homeport.core.ids import new_id


def _person_id() -> UUID:
    return new_id("persons")


class Person(models.Model):
    """Names, language and wishes as people give them."""

    id = models.UUIDField(primary_key=True, default=_person_id, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )
    name = models.CharField(max_length=120)
    # What to call them on a page and in a letter; the whole name where they left it out.
    called = models.CharField(max_length=60, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=10, default="en")
    zone = models.CharField(max_length=64, default="UTC")
    phone = models.CharField(max_length=32, blank=True)
    may_mail = models.BooleanField(default=True)
    may_call = models.BooleanField(default=False)
    may_text = models.BooleanField(default=False)
    # "Never write to me at home": nothing goes to a postal address, and no number that others answer is called.
    never_at_home = models.BooleanField(default=False)
    wants_neutral_sender = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        # Never the name: this may end in a log line.
        return f"person {self.id}"

    @property
    def shown_name(self) -> str:
        """What to call them."""
        return self.called or self.name

    def age_on(self, day: date | None = None) -> int | None:
        """Whole years on ``day`` (today, when left out); None where the birth date is not known."""
        if self.birth_date is None:
            return None
        day = day or today()
        had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (0 if had_birthday else 1)
