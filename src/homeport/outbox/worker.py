"""The loop that runs jobs until it is told to stop."""

import logging
import threading
from collections.abc import Callable

from django.db import close_old_connections

from homeport.core import jobs
from homeport.outbox.services.run_job import run_next_job, schedule

log = logging.getLogger("homeport.outbox")
IDLE_SECONDS = 1.0


def work(stop: threading.Event, *, orphaned: Callable[[], bool] = lambda: False) -> None:
    """Run jobs as they fall due until ``stop`` is set or ``orphaned`` says that the site we belong to is gone."""
    for job in jobs.recurring():
        schedule(job, soon=True)
    while not stop.is_set() and not orphaned():
        close_old_connections()
        try:
            busy = run_next_job()
        except Exception as error:
            # The database may be away for a moment (an upgrade, a restore): wait, and come back.
            log.error("The worker cannot reach its queue (%s); it tries again.", type(error).__name__)
            busy = False
        if not busy:
            stop.wait(IDLE_SECONDS)
