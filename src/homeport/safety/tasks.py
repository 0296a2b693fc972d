"""What this room leaves for later, and its recurring work."""

from datetime import timedelta
from uuid import UUID

from homeport.core.clock import now
from homeport.core.jobs import job
from homeport.safety.levels import Level
from homeport.safety.models import Alert
from homeport.safety.services.escalate import escalate
from homeport.safety.services.raise_alert import ESCALATE

EVERY = timedelta(minutes=5)
AT_ONCE = 500


@job(ESCALATE, attempts=50)
def next_step(alert_id: str) -> None:
    """Take the next step with one alert."""
    escalate(alert_id=UUID(alert_id))


@job("safety.watch", every=EVERY)
def watch() -> None:
    """Look after every open alert: should the job of one ever be lost, nobody waits for it longer than this."""
    waiting = Alert.objects.filter(state=Alert.State.OPEN, level__gte=Level.SAME_DAY)
    never_told = waiting.filter(step=0, created_at__lte=now() - EVERY)
    overdue = waiting.filter(due_at__lte=now())
    for alert_id in (never_told | overdue).order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE]:
        escalate(alert_id=alert_id)
