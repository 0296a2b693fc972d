"""This room's recurring work."""

from datetime import timedelta

from homeport.audit.services.seal_chain import seal_chain
from homeport.core.jobs import job


@job("audit.seal_chain", every=timedelta(minutes=1))
def seal() -> None:
    """Link all events that wait."""
    while seal_chain():
        pass
