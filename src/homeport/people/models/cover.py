"""A colleague who stands in, for the days of cover only."""

from django.db import models

from homeport.people.models.lasting import Lasting
from homeport.people.models.person import Person


class Cover(Lasting):
    """While it holds, ``by`` sees what ``covered`` sees of their cases. It always ends: a cover without end is a hand-over.

    The colleague may be of another practice (``practice_of_by`` names it): then the sign-in itself lapses with the cover.
    """

    covered = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="covered_by")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="covers")
    practice_of_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(covered=models.F("by")), name="nobody_covers_themselves"
            ),
            models.CheckConstraint(condition=models.Q(until_at__isnull=False), name="a_cover_ends"),
            models.CheckConstraint(
                condition=models.Q(until_at__gt=models.F("from_at")), name="a_cover_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"cover {self.id}"
