"""The words of an instrument in one language, as a practice installed them."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from homeport.core.clock import now
from homeport.core.ids import new_id


def _wording_id() -> UUID:
    return new_id("wordings")


class InstalledWording(models.Model):
    """One wording, never changed once it is there: answers refer to it by its hash.

    At most one wording of an instrument in a language is current; those it replaced stay readable.
    """

    id = models.UUIDField(primary_key=True, default=_wording_id, editable=False)
    instrument = models.CharField(
        max_length=100
    )  # "attachment.ecr", or "local.…" for one without a scoring key
    key_version = models.PositiveIntegerField()  # 0 for an instrument without a scoring key
    language = models.CharField(max_length=35)
    title = models.CharField(max_length=300)
    content = models.JSONField()  # see services.install_wording.content_of
    hash = models.CharField(max_length=64)  # SHA-256 of all that a person reads, see Wording.hash
    kind = models.CharField(max_length=30)  # what the file was: "fhir", "reproschema", ...
    repository = models.CharField(max_length=200, blank=True)
    commit = models.CharField(max_length=64, blank=True)
    path = models.CharField(max_length=300, blank=True)  # of a file the practice holds: its name alone
    sha256 = models.CharField(max_length=64)
    licence = models.TextField(blank=True)
    kept = models.JSONField(default=list)
    dropped = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    installed_at = models.DateTimeField(default=now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instrument", "language", "hash"], name="a_wording_is_installed_once"
            ),
            models.UniqueConstraint(
                fields=["instrument", "language"],
                condition=models.Q(replaced_at__isnull=True),
                name="one_current_wording_a_language",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} ({self.language})"

    @property
    def keyed(self) -> bool:
        """Whether answers to it can be scored."""
        return self.key_version > 0
