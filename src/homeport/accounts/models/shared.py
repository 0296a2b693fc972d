"""What the processes of an installation must know of each other for a short while."""

from django.db import models


class Shared(models.Model):
    """One value under the keyed digest of its name, until it lapses. Nothing in it says who or from where."""

    digest = models.CharField(max_length=64, primary_key=True)
    value = models.JSONField()
    lapses_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "a shared value"
