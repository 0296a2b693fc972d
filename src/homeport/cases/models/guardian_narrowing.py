"""Less for a guardian than the law of the place gives by itself."""

from django.db import models

from homeport.cases.models.participant import Participant
from homeport.core.sealed import SealedTextField
from homeport.people.models.lasting import Lasting
from homeport.people.models.person import Person


class GuardianNarrowing(Lasting):
    """A therapist's decision that one guardian sees less of one child's care in this case, with the reason for it.

    It opens nothing, it never tells the guardian of itself, and it ends when a therapist ends it.
    """

    class Hides(models.TextChoices):
        APPOINTMENTS = "appointments", "Appointments"
        EVERYTHING = "everything", "Everything, also what is released"

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="narrowings")
    guardian = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    hides = models.CharField(max_length=12, choices=Hides)
    reason = SealedTextField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "guardian"],
                condition=models.Q(until_at=None),
                name="a_guardian_is_narrowed_once",
            )
        ]

    def __str__(self) -> str:
        return f"narrowing {self.id}"

    @property
    def key_scope(self) -> str:
        """Sealed with the child's key in this case."""
        return f"case:{self.participant.case_id}:person:{self.participant.person_id}"
