"""Is this the right one? Asked after the first and the third session, and nobody's but the person's own."""

from django.db import models

from homeport.core.clinical import ClinicalRow
from homeport.core.clock import now
from homeport.core.materials import Material
from homeport.core.sealed import SealedJSONField, SealedTextField


class FitReview(ClinicalRow):
    """What one person thinks of their therapist after so many sessions. No therapist ever reads it.

    ``answers``: by question, from 0 (not at all) to 4 (very much); a question left out is not there. ``id`` follows from
    person, case and ``after``, so that two devices keep one. It lies in no case: not even the database opens it to those
    who work on one.
    """

    material = Material.ALLIANCE_ANSWERS
    is_authors_own = True

    after = models.PositiveSmallIntegerField(default=1)
    therapist_id = models.UUIDField(null=True, blank=True)
    answers = SealedJSONField(null=True, blank=True)
    words = SealedTextField(null=True, blank=True)
    given_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"fit review {self.id}"
