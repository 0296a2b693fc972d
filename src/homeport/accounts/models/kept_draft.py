"""What somebody typed when their session had timed out."""

from datetime import timedelta
from uuid import UUID

from django.db import models

from homeport.accounts.models.user import User
from homeport.core.clock import now
from homeport.core.ids import new_id
from homeport.core.sealed import SealedJSONField

KEPT_FOR = timedelta(days=7)


def _draft_id() -> UUID:
    return new_id("drafts")


class KeptDraft(models.Model):
    """One form that came too late. Nobody but its author opens it; it lapses after a week."""

    id = models.UUIDField(primary_key=True, default=_draft_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    person_id = models.UUIDField(null=True)
    # Address and fields together: where somebody wrote can tell as much as what.
    content = SealedJSONField()
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"draft {self.id}"

    @property
    def key_scope(self) -> str:
        """Sealed with the author's own key."""
        return f"person:{self.person_id}" if self.person_id else f"user:{self.user_id}"
