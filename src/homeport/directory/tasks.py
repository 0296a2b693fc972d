"""This room's recurring work."""

from datetime import timedelta

from homeport.core.actor import system
from homeport.core.jobs import job
from homeport.directory.services.forget_unsent import forget_unsent


@job("directory.forget_unsent", every=timedelta(hours=1))
def forget() -> None:
    """Forget what was never sent."""
    forget_unsent(actor=system("directory.forget_unsent"))
