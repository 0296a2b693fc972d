"""Let go of what was kept and not taken."""

from uuid import UUID

from homeport.access.wall import acting
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.versions import Changed
from homeport.scheduling.models import Appointment, Hold, Waiting
from homeport.scheduling.services.cancel_appointment import call_off
from homeport.scheduling.services.hold_time import give_back
from homeport.scheduling.services.wait_for_time import look_for_waiting

MOST = 200


@acting
def lapse_holds(*, actor: Actor) -> int:  # noqa: ARG001 - for whom the transaction runs
    """Forget holds whose time is over; what they occupied counts for nothing since then. Returns how many went.

    A time that was kept for somebody who waits is offered to the next one.
    """
    gone = list(Hold.objects.filter(lapses_at__lte=now()).select_related("offering")[:MOST])
    offered = set(Waiting.objects.filter(hold__in=gone).values_list("hold_id", flat=True))
    for hold in gone:
        was_offered = hold.pk in offered
        give_back(hold)
        if was_offered:
            look_for_waiting(therapist_id=hold.offering.therapist_id, begins_at=hold.begins_at)
    return len(gone)


def lapse_proposals(*, actor: Actor) -> int:
    """Call off joint meetings to whose time not everybody said yes while it was kept. Returns how many."""
    over = Appointment.objects.filter(
        status=Appointment.Status.PROPOSED, consent_until__lte=now()
    ).values_list("pk", flat=True)
    return sum(_lapse(actor=actor, appointment_id=one) for one in over.order_by("consent_until")[:MOST])


@acting
def _lapse(*, actor: Actor, appointment_id: UUID) -> bool:
    appointment = Appointment.objects.select_for_update().get(pk=appointment_id)
    if appointment.status != Appointment.Status.PROPOSED or (appointment.consent_until or now()) > now():
        return False
    try:
        call_off(
            actor=actor,
            appointment=appointment,
            version=appointment.version,
            side=Appointment.Side.PRACTICE,
            late=False,
        )
    except Changed:
        return False
    return True
