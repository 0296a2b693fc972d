"""This room's recurring work."""

from datetime import timedelta

from homeport.accounts.services.forget_old import forget_old
from homeport.core.jobs import job


@job("accounts.forget_old", every=timedelta(hours=1))
def forget() -> None:
    """Drop what sign-in no longer needs."""
    forget_old()
