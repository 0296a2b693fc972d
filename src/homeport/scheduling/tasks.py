"""What this room does by itself: let go of what was kept and not taken, and offer what became free."""

from datetime import datetime, timedelta
from uuid import UUID

from homeport.core.actor import system
from homeport.core.jobs import job
from homeport.scheduling.services.ask_again import ask_again
from homeport.scheduling.services.join_group import lapse_places
from homeport.scheduling.services.lapse import lapse_holds, lapse_proposals
from homeport.scheduling.services.offer_freed_time import offer_freed_time
from homeport.scheduling.services.wait_for_time import OFFER

LAPSE, ASK_AGAIN = "scheduling.lapse", "scheduling.ask-again"


@job(LAPSE, every=timedelta(minutes=1))
def lapse() -> None:
    """Holds and proposals whose time is over go; what they occupied counted for nothing before that already."""
    lapse_holds(actor=system(LAPSE))
    lapse_proposals(actor=system(LAPSE))
    lapse_places(actor=system(LAPSE))


@job(ASK_AGAIN, every=timedelta(hours=1))
def ask_everybody_again() -> None:
    """Joint work asks about home again at fixed sessions."""
    ask_again(actor=system(ASK_AGAIN))


@job(OFFER)
def offer(therapist_id: str, begins_at: str) -> None:
    """Offer one freed time to the first who waits for one like it."""
    offer_freed_time(
        actor=system(OFFER), therapist_id=UUID(therapist_id), begins_at=datetime.fromisoformat(begins_at)
    )
