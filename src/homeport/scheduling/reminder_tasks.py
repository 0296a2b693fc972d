"""What is left for later when somebody chooses other reminders, another language or another zone."""

from datetime import timedelta
from uuid import UUID

from homeport.core.jobs import job
from homeport.people.services.change_person import REPLAN
from homeport.scheduling.services.choose_reminders import replan


@job(REPLAN, lease=timedelta(hours=1))
def replan_reminders(person_id: str) -> None:
    """Write reminders anew; of everybody who chose nothing, where no person is named."""
    replan(person_id=UUID(person_id) if person_id else None)
