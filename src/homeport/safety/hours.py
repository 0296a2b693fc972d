"""When a practice reads answers, and by when an answer is due to be seen. Pure arithmetic.

Hours are wall-clock times in the practice's zone, so that a change of the clock moves nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AHEAD = timedelta(days=60)
ONE_DAY = timedelta(days=1)
Stretch = tuple[time, time]


@dataclass(frozen=True, slots=True)
class Hours:
    """``weekly``: for each weekday (0 is Monday) the stretches in which somebody reads. ``closed``: days without any."""

    zone: ZoneInfo
    weekly: Mapping[int, tuple[Stretch, ...]] = field(default_factory=dict)
    closed: frozenset[date] = frozenset()

    @property
    def are_known(self) -> bool:
        """Whether the practice said when it reads at all."""
        return any(self.weekly.values())

    def on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The stretches of one day, in order, as moments."""
        if day in self.closed:
            return []
        spans = sorted(self.weekly.get(day.weekday(), ()))
        return [
            (datetime.combine(day, begin, self.zone), datetime.combine(day, end, self.zone))
            for begin, end in spans
        ]

    def open_until(self, at: datetime) -> datetime | None:
        """Until when somebody reads, if somebody does at this moment; else None."""
        for begin, end in self.on(at.astimezone(self.zone).date()):
            if begin <= at < end:
                return end
        return None

    def next_open(self, at: datetime) -> datetime | None:
        """When somebody reads next: now, if somebody does. None where nobody does for two months."""
        day = at.astimezone(self.zone).date()
        for ahead in range(AHEAD.days):
            for begin, end in self.on(day + ahead * ONE_DAY):
                if end > at:
                    return max(begin, at)
        return None

    def after(self, at: datetime, length: timedelta) -> datetime:
        """The moment by which ``length`` of reading time has passed. Without known hours the clock alone counts."""
        left, moment = length, at
        while (begin := self.next_open(moment)) is not None:
            end = self.open_until(begin)
            assert end is not None  # somebody reads at `begin`
            # Between moments of one zone Python subtracts the clock on the wall; what counts is the time that passed.
            span = timedelta(seconds=end.timestamp() - begin.timestamp())
            if left <= span:
                return datetime.fromtimestamp(begin.timestamp() + left.total_seconds(), at.tzinfo)
            left, moment = left - span, end
        return at + length
