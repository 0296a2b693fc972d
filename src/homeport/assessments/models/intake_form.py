"""What was given before the first session: by a person about themselves, by a guardian about a child."""

from typing import Any, ClassVar

from django.db import models

from homeport.content.intake import CHILD, OWN
from homeport.core.clinical import ClinicalRow
from homeport.core.materials import Material
from homeport.core.sealed import SealedJSONField


class FilledIn(ClinicalRow):
    """One form in one case, section by section, each kept as it is sent.

    Its author is whose it is. Each section has a version of its own: two devices that fill in two sections do not meet, and
    of two that fill in the same one the second is told. A section that is there was saved, if only with nothing in it.
    """

    # Which questions are asked, as ``content.intake`` names them.
    questions: ClassVar[str]

    # By section: {"version", "language", "hash"} of the questions that were on the screen, and "answers" by question.
    sections = SealedJSONField()
    section_versions = models.JSONField(default=dict)
    # The last change of a section, and until when somebody of the care team has read.
    filled_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    read_by_id = models.UUIDField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"intake {self.id}"

    @property
    def is_news(self) -> bool:
        """Whether something came in that nobody has marked as read."""
        return self.filled_at is not None and (self.read_at is None or self.read_at < self.filled_at)

    def answers(self, section_id: str) -> dict[str, Any]:
        """What was said in a section, by question; nothing where it was not saved yet."""
        held: dict[str, Any] = self.sections.get(section_id, {})
        found: dict[str, Any] = held.get("answers", {})
        return found

    def version_of(self, section_id: str) -> int | None:
        """Which state a section is in; None before it was first saved."""
        found: int | None = self.section_versions.get(section_id)
        return found


class IntakeForm(FilledIn):
    """One person's own intake in one case."""

    material = Material.OWN_ANSWERS
    questions = OWN

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_id", "author_id"], name="one_intake_a_person_and_case")
        ]


class ChildIntake(FilledIn):
    """What a guardian reports of a child in one case. Each guardian has their own, which the others never see."""

    material = Material.REPORT_BY_OTHER
    questions = CHILD

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_id", "subject_id", "author_id"], name="one_intake_a_guardian_child_and_case"
            )
        ]
