"""Who supervises whom."""

from django.db import models

from homeport.people.models.lasting import Lasting
from homeport.people.models.person import Person


class Supervision(Lasting):
    """A supervisor sees their supervisee's notes and alerts while this holds."""

    supervisor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="supervises")
    supervisee = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="supervised_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(supervisor=models.F("supervisee")), name="nobody_supervises_themselves"
            ),
            models.UniqueConstraint(
                fields=["supervisor", "supervisee"],
                condition=models.Q(until_at=None),
                name="one_supervision_a_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"supervision {self.id}"
