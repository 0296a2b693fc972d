"""Say that one has seen that somebody was not reached."""

from django.db import transaction

from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.outbox.models import OutgoingMessage


@transaction.atomic
def see_not_reached(*, actor: Actor, message: OutgoingMessage) -> bool:
    """Take the message off the list of those that did not arrive. Returns whether it was still on it."""
    there = OutgoingMessage.objects.filter(pk=message.pk, state__in=OutgoingMessage.NOT_REACHED, seen_at=None)
    if not there.update(seen_at=now(), seen_by_id=actor.person_id, address=None):
        return False
    record(
        actor=actor,
        verb=Verb.CHANGE,
        material="message not reached",
        row_id=message.pk,
        subject_id=message.to_id,
    )
    return True
