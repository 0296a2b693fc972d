"""Say that somebody's free times changed, for whoever keeps a copy of them. Pages and bookings read the times themselves."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from homeport.core.clock import now
from homeport.core.jobs import enqueue, registered

# The directory answers to this name: it comes after this room, and is not imported here.
CHANGED = "scheduling.free_times_changed"
# What changes within so many seconds is looked up once.
TOGETHER = 15


def times_changed(therapist_ids: Iterable[UUID | None]) -> None:
    """Have the copies of these therapists' free times made anew, within half a minute; ``None`` stands for everybody.

    In the caller's transaction: what was not kept changed nothing.
    """
    if registered(CHANGED) is None:
        return
    present = now()
    bucket = int(present.timestamp()) // TOGETHER
    run_at = present + timedelta(seconds=TOGETHER + 5)
    for one in dict.fromkeys(therapist_ids):
        said = str(one) if one else ""
        enqueue(CHANGED, key=f"free times {said} {bucket}", run_at=run_at, therapist_id=said)
