"""One piece of material, opened to one person or to the care team, for as long as whoever opened it wishes."""

from django.db import models

from homeport.core.materials import Material
from homeport.people.models.lasting import Lasting


class Release(Lasting):
    """Each release names its recipient. It ends; it is never deleted: what was seen was seen."""

    material = models.CharField(max_length=20, choices=Material)
    row_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    # Nobody named: the care team of the case.
    recipient_id = models.UUIDField(null=True)
    given_by_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["row_id", "recipient_id"],
                condition=models.Q(until_at=None),
                nulls_distinct=False,
                name="a_row_is_released_once_to_each",
            )
        ]
        indexes = [
            models.Index(fields=["recipient_id", "row_id"], name="releases_to_a_person"),
            models.Index(
                fields=["case_id", "row_id"],
                condition=models.Q(recipient_id=None),
                name="releases_to_a_care_team",
            ),
        ]

    def __str__(self) -> str:
        return f"release {self.id}"
