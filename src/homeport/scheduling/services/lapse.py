"""Let go of what was kept and not taken."""

from uuid import UUID

from homeport.access.wall import acting
from homeport.core.actor import Actor
from homeport.core.clock import now
from homeport.core.versions import Changed
from homeport.scheduling.models import Appointment, Hold, Occupancy
from homeport.scheduling.services.cancel_appointment import call_off

MOST = 200


@acting
def lapse_holds(*, actor: Actor) -> int:  # noqa: ARG001 - for whom the transaction runs
    """Forget holds whose time is over; what they occupied counts for nothing since then. Returns how many went."""
    gone = list(Hold.objects.filter(lapses_at__lte=now()).values_list("pk", flat=True)[:MOST])
    Occupancy.objects.filter(source_id__in=gone, lapses_at__lte=now()).delete()
    return Hold.objects.filter(pk__in=gone, lapses_at__lte=now()).delete()[0] if gone else 0


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
