"""The part a person plays in the practice. One person may hold several."""

from django.db import models

from homeport.people.models.lasting import Lasting
from homeport.people.models.person import Person


class Role(models.TextChoices):
    """What people come to do. Who sees what because of it, the table in ``homeport.access`` says."""

    CLIENT = "client", "Client"
    THERAPIST = "therapist", "Therapist"
    SUPERVISOR = "supervisor", "Supervisor"
    INTAKE = "intake", "Intake clinician"
    MANAGER = "manager", "Practice manager"
    DESK = "desk", "Front desk"
    BILLER = "biller", "Biller"
    RESEARCHER = "researcher", "Researcher"
    OPERATOR = "operator", "Operator"
    # Stands in for a therapist for some days; of another practice, often. Opens nothing but the cases that they cover.
    COVER = "cover", "Covering colleague"


# Everyone but clients works here: they must use a second factor.
STAFF = frozenset(Role) - {Role.CLIENT}


class RoleHolding(Lasting):
    """A role that a person holds for a time."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=12, choices=Role)
    given_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"], condition=models.Q(until_at=None), name="a_role_is_held_once"
            )
        ]
        # Whoever works here is found among the many who are clients.
        indexes = [models.Index(fields=["role", "person"], name="who_holds_a_role")]

    def __str__(self) -> str:
        return f"{self.role} of {self.person_id}"
