"""When somebody is reminded: pure arithmetic over moments and the night of the reader's zone."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

HOUR, DAY = 60, 24 * 60
# What there is to choose from, in minutes before the beginning, the earliest first.
CHOICES = (7 * DAY, 2 * DAY, DAY, 3 * HOUR, HOUR)
BY_ITSELF = (DAY,)
# Nothing of ours makes a telephone light up in these hours of the reader's own clock.
NIGHT_BEGINS, NIGHT_ENDS = time(22), time(7)


class Due(NamedTuple):
    """One reminder: how many minutes before it was asked for, and when it goes out."""

    minutes: int
    moment: datetime


def due(begins_at: datetime, minutes: Iterable[int], zone: str, now: datetime) -> list[Due]:
    """The reminders that are still to come, in their order in time, no two at one moment.

    One that would come at night comes the evening before. What is past is left out: who books within the day was just
    told.
    """
    moments: dict[datetime, int] = {}
    for before in sorted(set(minutes), reverse=True):
        moment = _awake(begins_at - timedelta(minutes=before), zone)
        if moment > now:
            moments[moment] = before
    return [Due(before, moment) for moment, before in sorted(moments.items())]


def _awake(moment: datetime, zone: str) -> datetime:
    """The moment itself, or the last minute before the night that it lies in."""
    here = moment.astimezone(ZoneInfo(zone))
    if NIGHT_ENDS <= here.time() < NIGHT_BEGINS:
        return moment
    evening = here.date() if here.time() >= NIGHT_BEGINS else here.date() - timedelta(days=1)
    quiet = datetime.combine(evening, NIGHT_BEGINS, ZoneInfo(zone)) - timedelta(minutes=1)
    return quiet.astimezone(moment.tzinfo)
