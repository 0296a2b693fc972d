"""Say that one has seen who opened a case in an emergency."""

from uuid import UUID

from django.db import transaction

from homeport.access.gate import Hidden
from homeport.access.models import BrokenGlass
from homeport.access.selectors import waiting_emergencies
from homeport.access.standing import standing_of
from homeport.audit.services.record import record
from homeport.audit.verbs import Verb
from homeport.core.actor import Actor
from homeport.core.clock import now


@transaction.atomic
def acknowledge_emergency(*, actor: Actor, broken_id: UUID) -> None:
    """Acknowledge it, once. Raises ``Hidden`` for whoever it does not wait for, alike when somebody else was faster."""
    opened = waiting_emergencies(standing_of(actor)).filter(pk=broken_id).first()
    if opened is None:
        raise Hidden
    taken = BrokenGlass.objects.filter(pk=broken_id, acknowledged_at=None)
    if not taken.update(acknowledged_by_id=actor.person_id, acknowledged_at=now()):
        raise Hidden
    record(actor=actor, verb=Verb.SIGN, material="emergency", row_id=broken_id, case_id=opened.case_id)
