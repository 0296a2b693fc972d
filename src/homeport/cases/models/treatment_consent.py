"""Who consented to a minor's treatment."""

from django.db import models

from homeport.cases.models.participant import Participant
from homeport.core.sealed import SealedTextField
from homeport.people.models.lasting import Lasting
from homeport.people.models.person import Person


class TreatmentConsent(Lasting):
    """One person's yes to one minor's treatment in one case: a guardian's, or the minor's own.

    Where the law asks whether the minor can judge for themselves, the clinician's reasons are the ``capacity_note``.
    """

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="consents")
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    capacity_note = SealedTextField(blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "given_by"],
                condition=models.Q(until_at=None),
                name="one_consent_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"treatment consent {self.id}"

    @property
    def key_scope(self) -> str:
        """Sealed with the minor's key in this case."""
        return f"case:{self.participant.case_id}:person:{self.participant.person_id}"
