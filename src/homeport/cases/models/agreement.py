"""What the participants and the therapist agreed about each other's private material."""

from uuid import UUID

from django.db import models

from homeport.cases.models.case import Case
from homeport.core.clock import now
from homeport.core.ids import new_id
from homeport.people.models.person import Person


def _agreement_id() -> UUID:
    return new_id("cases")


class ConfidentialityAgreement(models.Model):
    """One agreed text for one case. A new agreement replaces the one before; nothing is rewritten."""

    class Kind(models.TextChoices):
        NO_SECRETS = "no_secrets", "No secrets"
        LIMITED_SECRETS = "limited_secrets", "Limited secrets"
        INDIVIDUAL_PRIVATE = "individual_private", "Individual sessions are private"

    id = models.UUIDField(primary_key=True, default=_agreement_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField(max_length=20, choices=Kind)
    # Which packaged or written text, in which language, and the hash of what was on the screen.
    text_id = models.CharField(max_length=80)
    text_version = models.PositiveIntegerField()
    language = models.CharField(max_length=10)
    text_hash = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(replaced_at=None), name="a_case_has_one_agreement"
            )
        ]

    def __str__(self) -> str:
        return f"agreement {self.id}"


class AgreementSignature(models.Model):
    """One person's yes to one text."""

    id = models.UUIDField(primary_key=True, default=_agreement_id, editable=False)
    agreement = models.ForeignKey(
        ConfidentialityAgreement, on_delete=models.PROTECT, related_name="signatures"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "person"], name="one_signature_a_person")]

    def __str__(self) -> str:
        return f"signature {self.id}"
