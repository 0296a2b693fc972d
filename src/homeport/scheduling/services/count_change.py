"""Number what changes in a series, so that calendars take the newer."""

from uuid import UUID

from django.db.models import F

from homeport.scheduling.models import Series


def count_change(series_id: UUID | None) -> None:
    """Something of the series is not as calendars were told; None for a meeting of no series."""
    if series_id is not None:
        Series.objects.filter(pk=series_id).update(changes=F("changes") + 1)
