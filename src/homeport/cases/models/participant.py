"""A person in a case."""

from django.db import models

from homeport.cases.models.case import Case
from homeport.people.models.lasting import Lasting
from homeport.people.models.person import Person


class Participant(Lasting):
    """Who takes part in a case, in which role, for how long."""

    class Role(models.TextChoices):
        CLIENT = "client", "Client"
        PARTNER = "partner", "Partner"
        CAREGIVER = "caregiver", "Caregiver"
        CHILD = "child", "Child"
        ADOLESCENT = "adolescent", "Adolescent"
        MEMBER = "member", "Group member"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=12, choices=Role)
    # A minor who consented to treatment alone: no guardian has a standing in this case because of them.
    consents_alone = models.BooleanField(default=False)
    # In a group: the name the others see, as this person chose it.
    group_name = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"],
                condition=models.Q(until_at=None),
                name="a_person_is_in_a_case_once",
            )
        ]
        indexes = [models.Index(fields=["person", "case"], name="cases_of_a_person")]

    def __str__(self) -> str:
        return f"participant {self.id}"
