"""The therapists on a case."""

from django.db import models

from homeport.cases.models.case import Case
from homeport.people.models.lasting import Lasting
from homeport.people.models.person import Person


class CareTeamMember(Lasting):
    """A clinician who works on the case while this holds. Supervisors and cover follow from theirs."""

    class Role(models.TextChoices):
        LEAD = "lead", "Lead therapist"
        CO_THERAPIST = "co_therapist", "Co-therapist"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="care_team")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="care_teams")
    role = models.CharField(max_length=12, choices=Role, default=Role.LEAD)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"],
                condition=models.Q(until_at=None),
                name="a_therapist_is_on_a_case_once",
            )
        ]
        indexes = [models.Index(fields=["person", "case"], name="cases_of_a_therapist")]

    def __str__(self) -> str:
        return f"care team member {self.id}"
