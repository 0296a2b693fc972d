"""This room's recurring work."""

from datetime import timedelta

from homeport.assessments.services.finish import left_behind, take_as_sent
from homeport.core.actor import system
from homeport.core.jobs import job
from homeport.core.versions import Changed

EVERY = timedelta(minutes=10)


@job("assessments.take_as_sent", every=EVERY)
def take_what_was_left() -> None:
    """Take as sent what was left after an answer that asks for somebody. The alert itself was raised with the answer."""
    for administration in left_behind():
        try:
            take_as_sent(actor=system("assessments.take_as_sent"), administration=administration)
        except Changed:
            continue  # somebody went on with it in this moment
