"""A text to sign in a practice's own words."""

from uuid import UUID

from django.db import models

from homeport.core.clock import now
from homeport.core.ids import new_id


def _text_id() -> UUID:
    return new_id("cases")


class PracticeText(models.Model):
    """One version of one text for one place and language. Never changed once it is there: people signed it.

    It stands here and not in the catalogue, whose room lies below this one: what is signed in a case is looked up by it.
    """

    id = models.UUIDField(primary_key=True, default=_text_id, editable=False)
    kind = models.CharField(max_length=40)  # "treatment"
    place = models.CharField(max_length=6)  # "CA-QC", "CA", or "*" for everywhere
    language = models.CharField(max_length=10)  # "en"
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    taking_back = models.CharField(max_length=500, blank=True)
    body = models.TextField()
    hash = models.CharField(max_length=64, db_index=True)  # see content.consents.Consent.hash
    # Whether those who signed the version before are asked for a new yes.
    asks_again = models.BooleanField()
    installed_at = models.DateTimeField(default=now)
    # Set on every version of a text that the practice gave up: those of the house hold again.
    given_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "place", "language", "version"], name="a_version_of_a_text_is_there_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.place} ({self.language}), version {self.version}"
