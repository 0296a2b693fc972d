"""What somebody asks of a therapist before there is a case."""

from typing import Any
from uuid import UUID

from django.db import models

from homeport.access.table import When
from homeport.core.clinical import ClinicalRow
from homeport.core.clock import now
from homeport.core.materials import Material
from homeport.core.sealed import SealedJSONField, SealedTextField
from homeport.people.offers import Format, Together


class Request(ClinicalRow):
    """A question, a free first call, a wish to begin, or to go on with somebody else.

    Its author is a client or, without an account, whoever holds the link in the mail: then ``author_id`` is an id made for
    this one request, and the link says it. ``to_id``: the person it is for; nobody's, and so intake's, where it is empty.
    Until ``sent_at`` nobody but the author sees that it is there. ``wishes``: as ``carried`` writes them; ``proposal``: what
    intake was proposed, until somebody confirms it.
    """

    material = Material.REQUEST
    is_authors_own = True

    class Kind(models.TextChoices):
        QUESTION = "question", "A question"
        FIRST_CALL = "first_call", "A first call"
        BEGIN = "begin", "A wish to begin"
        CHANGE = "change", "A wish for another therapist"

    class Status(models.TextChoices):
        UNSENT = "unsent", "Not sent yet"
        SENT = "sent", "Waits for an answer"
        ANSWERED = "answered", "Answered"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Not possible"
        WITHDRAWN = "withdrawn", "Taken back"
        LAPSED = "lapsed", "Never sent"

    TRANSITIONS: dict[str, set[Any]] = {
        Status.UNSENT: {Status.SENT, Status.LAPSED, Status.WITHDRAWN},
        Status.SENT: {Status.SENT, Status.ANSWERED, Status.ACCEPTED, Status.DECLINED, Status.WITHDRAWN},
        # A word in between ("which number may I call?") decides nothing.
        Status.ANSWERED: {
            Status.ANSWERED,
            Status.SENT,
            Status.ACCEPTED,
            Status.DECLINED,
            Status.WITHDRAWN,
        },
        # Of a first call that has not begun: either side may still call it off (``may_become``).
        Status.ACCEPTED: {Status.DECLINED, Status.WITHDRAWN},
        Status.DECLINED: {Status.SENT},
        Status.WITHDRAWN: set(),
        Status.LAPSED: set(),
    }

    class Urgency(models.IntegerChoices):
        ROUTINE = 0, "Can wait"
        SOON = 1, "Soon"
        URGENT = 2, "Urgent"

    kind = models.CharField(max_length=10, choices=Kind)
    status = models.CharField(max_length=9, choices=Status, default=Status.UNSENT)
    to_id = models.UUIDField(null=True, blank=True)
    # Whom they had asked first, where it was passed on; or wish to leave.
    first_to_id = models.UUIDField(null=True, blank=True)
    urgency = models.PositiveSmallIntegerField(choices=Urgency, default=Urgency.ROUTINE)
    format = models.CharField(max_length=12, choices=Together, default=Together.INDIVIDUAL)
    # Where they will be during sessions: no therapist without a licence there.
    where = models.CharField(max_length=10, blank=True)
    words = SealedTextField(null=True, blank=True)
    called = SealedTextField(null=True, blank=True)
    contact = SealedTextField(null=True, blank=True)
    language = models.CharField(max_length=10, default="en")
    zone = models.CharField(max_length=64, default="UTC")
    wishes = SealedJSONField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    call_at = models.DateTimeField(null=True, blank=True)
    call_minutes = models.PositiveSmallIntegerField(default=15)
    call_way = models.CharField(max_length=10, choices=Format, blank=True)
    reply = SealedTextField(null=True, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by_id = models.UUIDField(null=True, blank=True)
    # The case that came of it.
    opened_case_id = models.UUIDField(null=True, blank=True)
    proposed_to_id = models.UUIDField(null=True, blank=True)
    proposal = SealedJSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=("unsent", "lapsed", "withdrawn"))
                | models.Q(sent_at__isnull=False),
                name="what_was_sent_has_a_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="first_call") | models.Q(call_at__isnull=False),
                name="a_first_call_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["to_id", "status", "sent_at"], name="requests_of_a_therapist"),
            models.Index(fields=["status", "created_at"], name="requests_by_status"),
        ]

    def __str__(self) -> str:
        return f"request {self.id}"

    @property
    def is_open(self) -> bool:
        """Whether somebody is still to answer it."""
        return self.status == self.Status.SENT

    def may_become(self, status: str) -> bool:
        """Whether the transition table allows it. A yes stays, unless it is to a call that is still ahead."""
        if self.status == self.Status.ACCEPTED and not self.is_call_ahead:
            return False
        return status in self.TRANSITIONS[self.status]

    @property
    def is_call_ahead(self) -> bool:
        """Whether it is a first call that has not begun."""
        return self.kind == self.Kind.FIRST_CALL and self.call_at is not None and self.call_at > now()

    @property
    def is_call_set(self) -> bool:
        """Whether it is a first call that takes place, and has not begun."""
        return self.status == self.Status.ACCEPTED and self.is_call_ahead

    def access_conditions(self) -> frozenset[str]:
        return frozenset({When.SENT}) if self.sent_at is not None else frozenset()

    @classmethod
    def access_condition(cls, name: str) -> models.Q:
        return models.Q(sent_at__isnull=False) if name == When.SENT else super().access_condition(name)


def visitor_id(key: str) -> UUID:
    """The id that stands for the author of a request without an account. ``key``: 32 hexadecimal digits of the form."""
    return UUID(hex=key)
