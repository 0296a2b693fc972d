"""In which form a case goes on: the clinician's decision, and nobody's answers'."""

from django.db import models

from homeport.cases.models.case import Case
from homeport.people.models.lasting import Lasting
from homeport.people.models.person import Person


class FormatDecision(Lasting):
    """One decision about the format of one case; a later one takes its place, and nothing is rewritten.

    Why it was made is not kept here: everybody in the case learns of the decision, and a reason could speak of one of them.
    It belongs in a note about that person alone.
    """

    class Format(models.TextChoices):
        JOINT = "joint", "Meetings together"
        INDIVIDUAL_FIRST = "individual_first", "Individual meetings first"
        SPECIALISED = "specialised", "Meetings together by a fixed plan"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="formats")
    format = models.CharField(max_length=16, choices=Format)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(until_at=None), name="a_case_has_one_format"
            )
        ]

    def __str__(self) -> str:
        return f"format {self.id}"
