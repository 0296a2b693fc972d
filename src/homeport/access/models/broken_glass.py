"""Emergency access to one case: a reason, a short time, and everybody told."""

from django.db import models

from homeport.core.sealed import SealedTextField
from homeport.people.models.lasting import Lasting


class BrokenGlass(Lasting):
    """While it holds, the clinician sees the case as its care team does. The supervisor is alerted, the client shown."""

    case_id = models.UUIDField(db_index=True)
    person_id = models.UUIDField(db_index=True)
    reason = SealedTextField()
    acknowledged_by_id = models.UUIDField(null=True)
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(until_at__isnull=False), name="broken_glass_is_short"),
        ]

    def __str__(self) -> str:
        return f"broken glass {self.id}"

    @property
    def key_scope(self) -> str:
        """Sealed with the joint key of the case."""
        return f"case:{self.case_id}:joint"
