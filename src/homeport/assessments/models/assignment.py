"""An instrument that somebody is asked to answer."""

from django.db import models
from django.db.models import Q

from homeport.core.clinical import ClinicalRow
from homeport.core.materials import Material


class Kind(models.TextChoices):
    """Whom it is about, and so who may see what comes of it."""

    OWN = "own", "About themselves"
    REPORT = "report", "About somebody else in the case"
    ALLIANCE = "alliance", "About the work with their therapist"


class Assignment(ClinicalRow):
    """Its author and subject is who answers, from the moment they are asked; ``about_id`` is whom it is about.

    That somebody was asked, and what, is as private as the answers: it is on no screen of anybody else in the case.
    """

    material = Material.OWN_ANSWERS

    class State(models.TextChoices):
        DUE = "due", "Waits for an answer"
        DONE = "done", "Answered"
        WITHDRAWN = "withdrawn", "Taken back"

    # From each state, the states that may follow.
    TRANSITIONS = {
        State.DUE: {State.DONE, State.WITHDRAWN},
        State.DONE: set[State](),
        State.WITHDRAWN: set[State](),
    }

    # Themselves, but for a report. Whom a report is about learns nothing of it, not by who looked at what either.
    about_id = models.UUIDField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.OWN)
    instrument = models.CharField(max_length=100)
    key_version = models.PositiveIntegerField()
    # The relationship it asks about, for instruments that ask about one; else empty.
    slot = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=35)
    # Why it is asked ("intake", ...) and where it comes among what is due: plain codes, shown to nobody.
    occasion = models.CharField(max_length=40, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    assigned_by_id = models.UUIDField(null=True)
    state = models.CharField(max_length=9, choices=State, default=State.DUE)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_id", "author_id", "about_id", "instrument", "slot"],
                condition=Q(state="due"),
                name="one_measure_is_due_once",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | ~Q(state="done"),
                name="what_is_done_has_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["author_id", "place"], condition=Q(state="due"), name="due_measures_of_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"assignment {self.id}"
