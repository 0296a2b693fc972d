"""A browser that is signed in, or on its way to it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from homeport.accounts.models.user import User
from homeport.core.clock import now

# How long a session that is over is still known, so that a form posted from it finds its author.
REMEMBERED = timedelta(hours=24)


class Session(models.Model):
    """One session. The browser alone holds its key: this row has the key's hash, and what the key opens.

    Whoever has the database can neither take over a session nor read what is in it.
    """

    key_hash = models.CharField(max_length=64, primary_key=True)
    sealed = models.BinaryField()
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    # As a person would say it: "Firefox on Windows". Neither an address nor a version.
    device = models.CharField(max_length=60, blank=True)
    begun_at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"session of {self.user_id}"

    def is_over(self, moment: datetime) -> bool:
        """Whether it timed out, was ended, or has lasted as long as any may."""
        if self.ended_at is not None or self.expires_at <= moment:
            return True
        longest = timedelta(seconds=settings.SESSION_LONGEST_SECONDS)
        return self.user_id is not None and self.begun_at + longest <= moment
