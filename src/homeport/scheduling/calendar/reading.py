"""When somebody is busy, as their own calendar says.

What repeats is laid out in a process of its own, which the machine ends when it takes too much: a rule can be written so
that any library looks for its next date for ever.
"""

import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from homeport.scheduling.calendar.narrowing import narrowed, not_a_calendar, too_large, too_often

SECONDS = 5
MEMORY = 512 * 1024 * 1024
MOST_TIMES = 5_000
FREE, OFF = ("TRANSPARENT",), ("CANCELLED",)


@dataclass(frozen=True, slots=True, order=True)
class BusyTime:
    """From one moment until another, both in UTC. What it is for, nobody reads."""

    starts: datetime
    ends: datetime


def busy_times(data: bytes, *, from_at: datetime, until_at: datetime, zone: str) -> list[BusyTime]:
    """The times of a calendar file at which its owner is busy, in order, joined where they touch.

    ``zone`` is where times without a zone of their own are (an IANA name). Raises ``NotReadable`` in one sentence, in a
    bounded time, for whatever is no calendar of one person.
    """
    text = narrowed(data, from_at=from_at, until_at=until_at)
    asked = {"text": text, "from": from_at.isoformat(), "until": until_at.isoformat(), "zone": zone}
    try:
        done = subprocess.run(  # noqa: S603 - this file, by this interpreter
            [sys.executable, "-m", __name__],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=2 * SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise too_often() from None
    if done.returncode < 0 or done.returncode == MANY:
        raise too_often() if done.returncode < 0 else too_large()
    if done.returncode:
        raise not_a_calendar()
    return joined([BusyTime(*map(datetime.fromisoformat, pair)) for pair in json.loads(done.stdout)])


def joined(times: list[BusyTime]) -> list[BusyTime]:
    """The same times in order, each moment once."""
    found: list[BusyTime] = []
    for each in sorted(times):
        if found and each.starts <= found[-1].ends:
            found[-1] = BusyTime(found[-1].starts, max(found[-1].ends, each.ends))
        else:
            found.append(each)
    return found


MANY, BROKEN = 3, 4


def laid_out(text: str, *, from_at: datetime, until_at: datetime, zone: str) -> list[BusyTime]:
    """The times in a narrowed file, one by one. Only ever called where somebody watches the clock.

    Raises ``ValueError`` and others of the libraries for what they cannot read, ``OverflowError`` for too many.
    """
    from icalendar import Calendar
    from recurring_ical_events import of

    calendar = Calendar.from_ical(text)
    found = []
    for event in of(calendar, skip_bad_series=True).between(from_at, until_at):
        if _is_free(event):
            continue
        starts, ends = event.start, event.end
        found.append(BusyTime(_moment(starts, zone), _moment(ends, zone)))
        if len(found) > MOST_TIMES:
            raise OverflowError
    clipped = [BusyTime(max(each.starts, from_at), min(each.ends, until_at)) for each in found]
    return [each for each in clipped if each.starts < each.ends]


def _is_free(event: Any) -> bool:
    said = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    return (
        str(event.get("TRANSP", "")).upper() in FREE
        or str(event.get("STATUS", "")).upper() in OFF
        or said == "FREE"
    )


def _moment(value: date, zone: str) -> datetime:
    """A moment in UTC; of a whole day its beginning, where its owner is."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time(0))
    if value.tzinfo is None:
        value = value.replace(tzinfo=ZoneInfo(zone))
    return value.astimezone(UTC)


def main() -> int:
    """Lay out what stands on standard input, within limits that the machine holds."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    asked = json.loads(sys.stdin.buffer.read())
    moments = {name: datetime.fromisoformat(asked[name]) for name in ("from", "until")}
    try:
        times = laid_out(
            asked["text"], from_at=moments["from"], until_at=moments["until"], zone=asked["zone"]
        )
    except OverflowError:
        return MANY
    except Exception:  # whatever a hostile file brings a library to, it is no calendar to us
        return BROKEN
    json.dump([[each.starts.isoformat(), each.ends.isoformat()] for each in times], sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
