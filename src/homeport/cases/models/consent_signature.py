"""A yes to one of the texts that are asked before the first session."""

from django.db import models

from homeport.cases.models.participant import Participant
from homeport.people.models.lasting import Lasting
from homeport.people.models.person import Person


class ConsentSignature(Lasting):
    """One person's yes to one text, for themselves or for a child they stand for: which text, in which words, since when.

    It holds from the moment it was signed until it is taken back or a newer text is signed; what was signed stays readable.
    """

    class Ended(models.TextChoices):
        NOT = "", "Holds"
        TAKEN_BACK = "taken_back", "Taken back"
        SIGNED_ANEW = "signed_anew", "A newer text was signed"

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="signatures")
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # What it is about ("treatment"), and which text that was on the screen: a place may have one of its own.
    kind = models.CharField(max_length=40)
    text_id = models.CharField(max_length=80)
    text_version = models.PositiveIntegerField()
    language = models.CharField(max_length=10)
    text_hash = models.CharField(max_length=64)
    ended = models.CharField(max_length=12, choices=Ended, default=Ended.NOT, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "given_by", "kind"],
                condition=models.Q(until_at=None),
                name="one_yes_a_person_and_text",
            )
        ]

    def __str__(self) -> str:
        return f"signature {self.id}"
