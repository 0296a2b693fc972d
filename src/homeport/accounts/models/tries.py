"""How often something was tried, so that guessing grows slow."""

from datetime import datetime

from django.db import models


class Tries(models.Model):
    """Tries of one kind by one origin, or against one account. Only a keyed digest says which."""

    digest = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    open_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.count} tries"

    def is_open(self, moment: datetime) -> bool:
        """Whether the next try is allowed."""
        return self.open_at <= moment
