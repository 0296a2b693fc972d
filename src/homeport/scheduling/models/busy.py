"""A therapist's own calendar elsewhere, of which only the busy times are kept."""

from django.db import models
from django.db.models import F, Q

from homeport.core.clock import now
from homeport.core.sealed import SealedTextField
from homeport.people.models import Therapist
from homeport.scheduling.models.base import Arranged


class BusyFeed(Arranged):
    """The address of a calendar that the therapist gave. It is a secret, and sealed."""

    therapist = models.ForeignKey(Therapist, on_delete=models.CASCADE, related_name="busy_feeds")
    name = models.CharField(max_length=60, blank=True)
    address = SealedTextField()
    # What the other side said of the version we have, so that what has not changed is not sent again.
    etag = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    # What went wrong the last time, as one sentence; empty when nothing did.
    error = models.CharField(max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"busy feed {self.id}"

    @property
    def key_scope(self) -> str:
        """Sealed with the therapist's own key."""
        return f"person:{self.therapist.person_id}"


class BusyTime(Arranged):
    """From one moment until another the therapist is busy elsewhere. Titles are never kept."""

    feed = models.ForeignKey(BusyFeed, on_delete=models.CASCADE, related_name="times")
    therapist = models.ForeignKey(Therapist, on_delete=models.CASCADE, related_name="+")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(begins_at__lt=F("ends_at")), name="busy_ends_after_it_begins")
        ]
        indexes = [models.Index(fields=["therapist", "ends_at", "begins_at"], name="busy_ahead")]

    def __str__(self) -> str:
        return f"busy {self.id}"
