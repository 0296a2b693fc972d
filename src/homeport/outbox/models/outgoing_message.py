"""One message to one person, from the moment it was written to the moment nothing more is to be done about it."""

from typing import Any
from uuid import UUID

from django.db import connection, models

from homeport.core.clock import now
from homeport.core.ids import new_id
from homeport.core.sealed import SealedJSONField, SealedTextField
from homeport.people.models import Person


def _message_id() -> UUID:
    return new_id("mail")


class Channel(models.TextChoices):
    """By what way a message goes."""

    MAIL = "mail"
    TEXT = "text"


def begins_with(prefix: str) -> models.Q:
    """The condition that a key begins like this, in the words that each database answers from its index."""
    if connection.vendor == "sqlite":
        return models.Q(key__gte=prefix, key__lt=f"{prefix}\U0010ffff")
    return models.Q(key__startswith=prefix)


class OutgoingMessage(models.Model):
    """Names one reader, never two. Its words are sealed, and wiped once they are sent.

    ``message_id`` is fixed when the message is written: should it be sent twice, both bear the same, and the reader's
    program shows one. ``wanted``: the way somebody chose for it; ``channel``: the way it went.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        BOUNCED = "bounced"  # taken by a mail server, and given back
        FAILED = "failed"  # tried until there was no point any more
        UNREACHABLE = "unreachable"  # the person allows no way that we have
        WITHDRAWN = "withdrawn"

    # From each state, the states that may follow. SENDING to SENDING is a worker that died, and another that took over.
    TRANSITIONS = {
        State.WAITING: {State.SENDING, State.WITHDRAWN},
        State.SENDING: {
            State.SENDING, State.WAITING, State.SENT, State.BOUNCED, State.FAILED, State.UNREACHABLE,
            State.WITHDRAWN,
        },
        State.SENT: {State.BOUNCED},
        State.BOUNCED: set[State](),
        State.FAILED: set[State](),
        State.UNREACHABLE: set[State](),
        State.WITHDRAWN: set[State](),
    }  # fmt: skip
    LIVE = (State.WAITING, State.SENDING)
    OVER = (State.SENT, State.BOUNCED, State.FAILED, State.UNREACHABLE, State.WITHDRAWN)
    NOT_REACHED = (State.BOUNCED, State.FAILED, State.UNREACHABLE)

    id = models.UUIDField(primary_key=True, default=_message_id, editable=False)
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    to = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    wanted = models.CharField(max_length=4, choices=Channel, blank=True)
    channel = models.CharField(max_length=4, choices=Channel, blank=True)
    scope = models.CharField(max_length=120)
    address = SealedTextField(null=True, blank=True)
    words = SealedJSONField(null=True, blank=True)
    message_id = models.CharField(max_length=255, unique=True)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    run_at = models.DateTimeField(default=now)
    # After this moment there is no point in sending it.
    until_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # The kind and place of an error, or a mail server's status code: never words.
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # Somebody of the practice has seen that it did not arrive, and reached the person by another way.
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~models.Q(state="withdrawn"), name="a_message_is_written_once"
            )
        ]
        # Whole, not of live messages alone: SQLite does not see that a question asks for no others.
        indexes = [
            models.Index(
                fields=["state", "key"], opclasses=["varchar_pattern_ops"] * 2, name="messages_by_key"
            ),
            models.Index(fields=["state", "run_at"], name="messages_by_time"),
            models.Index(fields=["state", "seen_at", "-ended_at"], name="messages_by_end"),
        ]

    def __str__(self) -> str:
        # Neither reader nor words: this may end in a log line.
        return f"message {self.id} ({self.state})"

    @property
    def key_scope(self) -> str:
        """Sealed with the reader's own key; to somebody not known here, with a key of the month."""
        return self.scope

    def move_to(self, state: State, **more: Any) -> bool:
        """Go on to ``state`` if the stored message still may. Returns whether it did. Raises ``ValueError`` for none."""
        before = [each for each, after in self.TRANSITIONS.items() if state in after]
        if not before:
            raise ValueError(f"No message becomes {state}.")
        taken = OutgoingMessage.objects.filter(pk=self.pk, state__in=before).update(state=state, **more)
        if taken:
            self.state = state
        return bool(taken)
