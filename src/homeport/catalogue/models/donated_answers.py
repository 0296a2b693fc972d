"""Answers to our own questions that a visitor chose to give, so that the questions can be calibrated."""

from uuid import UUID

from django.db import models

from homeport.core.ids import new_id


def _donation_id() -> UUID:
    return new_id("donations")


class DonatedAnswers(models.Model):
    """One relationship, answered once. There is nothing here that leads to a person.

    No address, no name, no age, no moment finer than the month; answers by item id, not in the order they were given. The
    key is random, and on SQLite the table has no row numbers (see the migration): who gave before whom cannot be read
    from it. Answers about several people by one visitor are separate rows with nothing in common.
    """

    id = models.UUIDField(primary_key=True, default=_donation_id, editable=False)
    instrument = models.CharField(max_length=100)
    key_version = models.PositiveIntegerField()
    wording_hash = models.CharField(max_length=64)
    relationship = models.CharField(max_length=40)
    answers = models.JSONField()  # item id -> value, sorted by id; what was skipped is left out
    month = models.CharField(max_length=7)  # "2026-11"

    def __str__(self) -> str:
        return f"{self.instrument} ({self.month})"
